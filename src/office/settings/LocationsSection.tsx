import { useState, type ReactNode } from 'react';
import type { Location } from '../../protocol/documents.ts';
import type { OfficeBusiness } from '../../protocol/office/officeApi.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ask } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { ProblemLine } from '../app/Faces.tsx';
import { Section } from '../app/Page.tsx';
import { useSave } from '../app/useSave.ts';
import { HoursSheet } from './HoursSheet.tsx';
import styles from './Settings.module.css';

interface LocationsSectionProps {
  readonly locations: OfficeBusiness['locations'];
  readonly onSaved: () => Promise<void>;
}

export function LocationsSection({ locations, onSaved }: LocationsSectionProps) {
  const { text } = useOffice();
  const [hoursOf, setHoursOf] = useState<Location | null>(null);
  return (
    <Section title={text.settings.locations}>
      {locations.map((one) => (
        <LocationLine
          key={one.id}
          id={one.id}
          first={one.name}
          onSaved={onSaved}
          more={
            <Button icon="clock" onPress={() => setHoursOf(one)}>
              {one.hours
                ? text.settings.hoursOn({ days: one.hours.filter((day) => day !== null).length })
                : text.settings.hours}
            </Button>
          }
        />
      ))}
      <LocationLine key={locations.length} id={null} first="" onSaved={onSaved} />
      {hoursOf && <HoursSheet location={hoursOf} onClose={() => setHoursOf(null)} onSaved={onSaved} />}
    </Section>
  );
}

interface LocationLineProps {
  readonly id: string | null;
  readonly first: string;
  readonly onSaved: () => Promise<void>;
  readonly more?: ReactNode;
}

/** A shop's name with its button, which is there only while there is something to save. */
function LocationLine({ id, first, onSaved, more }: LocationLineProps) {
  const { text } = useOffice();
  const [name, setName] = useState(first);
  const save = useSave();
  const submit = async () => {
    const done = await save.run(() =>
      id === null ? ask('POST', 'locations', { name }) : ask('PATCH', `locations/${id}`, { name }),
    );
    if (done) await onSaved();
  };
  const changed = name.trim() !== '' && name !== first;
  return (
    <form
      className={styles.line}
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) void submit();
      }}
    >
      <TextField
        className={styles.grow}
        label={id === null ? text.settings.addLocation : text.settings.locationName}
        value={name}
        onChange={setName}
        maxLength={80}
      />
      <Button
        type="submit"
        {...(id === null ? { icon: 'plus' as const } : {})}
        isBusy={save.busy}
        isDisabled={!changed}
      >
        {id === null ? text.common.add : text.common.save}
      </Button>
      {more}
      <ProblemLine problem={save.problem} />
    </form>
  );
}
