import { useState } from 'react';
import type { Location } from '../../protocol/documents.ts';
import { Button } from '../../ui/Button.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ask } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { ProblemLine } from '../app/Faces.tsx';
import { useSave } from '../app/useSave.ts';
import { Check } from '../fields/Check.tsx';
import { type DayHours, fromDays, toDays } from './hours.ts';
import styles from './Hours.module.css';

interface HoursSheetProps {
  readonly location: Location;
  readonly onClose: () => void;
  readonly onSaved: () => Promise<void>;
}

/** When a shop is open; only used to notice what is recorded while it is not. */
export function HoursSheet({ location, onClose, onSaved }: HoursSheetProps) {
  const { text, format } = useOffice();
  const say = text.settings;
  const [days, setDays] = useState(() => toDays(location.hours));
  const save = useSave();
  const hours = fromDays(days);
  const weekday = new Intl.DateTimeFormat(format.locale, { weekday: 'long', timeZone: 'UTC' });
  const put = async (value: typeof hours) => {
    const done = await save.run(() => ask('PATCH', `locations/${location.id}`, { name: location.name, hours: value }));
    if (!done) return;
    onClose();
    await onSaved();
  };
  const change = (at: number, day: Partial<DayHours>) =>
    setDays(days.map((one, weekdayAt) => (weekdayAt === at ? { ...one, ...day } : one)));
  return (
    <Sheet
      title={say.hoursTitle({ name: location.name })}
      isOpen
      onClose={onClose}
      footer={
        <div className={styles.foot}>
          {location.hours && (
            <Button isBusy={save.busy} onPress={() => void put(null)}>
              {say.hoursRemove}
            </Button>
          )}
          <Button kind="main" isBusy={save.busy} isDisabled={hours === null} onPress={() => void put(hours)}>
            {text.common.save}
          </Button>
        </div>
      }
    >
      <p className={styles.soft}>{say.hoursHint}</p>
      <div className={styles.head} aria-hidden="true">
        <span>{say.hoursFrom}</span>
        <span>{say.hoursTo}</span>
      </div>
      <ul>
        {days.map((day, at) => {
          // The first of January 2024 was a Monday.
          const name = weekday.format(Date.UTC(2024, 0, 1 + at));
          return (
            <li key={name} className={styles.day}>
              <Check label={name} value={day.open} onChange={(open) => change(at, { open })} />
              {day.open ? (
                <div className={styles.times}>
                  <TextField
                    label={say.hoursFrom}
                    type="time"
                    value={day.from}
                    onChange={(from) => change(at, { from })}
                  />
                  <TextField label={say.hoursTo} type="time" value={day.to} onChange={(to) => change(at, { to })} />
                </div>
              ) : (
                <span className={styles.soft}>{say.hoursClosed}</span>
              )}
            </li>
          );
        })}
      </ul>
      <ProblemLine problem={save.problem} />
    </Sheet>
  );
}
