import { useState } from 'react';
import { both, points, stampCard } from '../../loyalty/presets.ts';
import type { Program } from '../../loyalty/program.ts';
import type { OfficeBusiness, OfficeProgram } from '../../protocol/office/officeApi.ts';
import type { BusinessSettings } from '../../protocol/office/officeBodies.ts';
import { CURRENCIES } from '../../protocol/office/officeRules.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ask } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { Loaded, ProblemLine } from '../app/Faces.tsx';
import { useLoad } from '../app/useLoad.ts';
import { useSave } from '../app/useSave.ts';
import { Choice } from '../fields/Choice.tsx';
import { ProgramEditor } from '../program/ProgramEditor.tsx';
import { StepPage } from './StepPage.tsx';
import styles from './Setup.module.css';

type Preset = 'stamps' | 'points' | 'both';

interface StepProps {
  readonly onDone: () => Promise<void>;
}

export function ProgramStep({ onDone }: StepProps) {
  const business = useLoad<OfficeBusiness>('business');
  const program = useLoad<OfficeProgram>('program');
  return (
    <Loaded load={business}>
      {({ settings }) => (
        <Loaded load={program}>
          {({ current }) =>
            settings && <Form key={current?.hash} settings={settings} current={current} onDone={onDone} />
          }
        </Loaded>
      )}
    </Loaded>
  );
}

interface FormProps extends StepProps {
  readonly settings: BusinessSettings;
  readonly current: OfficeProgram['current'];
}

function Form({ settings, current, onDone }: FormProps) {
  const { text } = useOffice();
  const say = text.program.presets;
  const [preset, setPreset] = useState<Preset | null>(() => (current ? presetOf(current.program) : null));
  const [draft, setDraft] = useState<Program | null>(current?.program ?? null);
  const save = useSave();
  const choose = (next: Preset) => {
    setPreset(next);
    setDraft(PRESETS[next]({ scale: CURRENCIES[settings.currency] ?? 2 }));
  };
  const publish = async () => {
    const done = await save.run(() => ask('POST', 'program/publish', { program: draft, basis: current?.hash ?? '' }));
    if (done) await onDone();
  };
  const tile = (name: string, about: string, icons: readonly ('stamp' | 'coin')[]) => (
    <>
      <span className={styles.presetIcons}>
        {icons.map((icon) => (
          <Icon key={icon} name={icon} size={32} />
        ))}
      </span>
      <span className={styles.presetName}>{name}</span>
      <span className={styles.presetText}>{about}</span>
    </>
  );
  return (
    <StepPage
      title={text.setup.program.title}
      lead={text.setup.program.lead}
      actions={
        <>
          <ProblemLine problem={save.problem} />
          {!draft && <span className={styles.note}>{text.setup.program.chooseFirst}</span>}
          <Button kind="main" size="l" isBusy={save.busy} isDisabled={!draft} onPress={() => void publish()}>
            {text.common.continue}
          </Button>
        </>
      }
    >
      <Choice
        label={text.setup.program.title}
        hideLabel
        look="cards"
        value={preset}
        onChange={choose}
        options={[
          { value: 'stamps', label: tile(say.stamps, say.stampsText, ['stamp']) },
          { value: 'points', label: tile(say.points, say.pointsText, ['coin']) },
          { value: 'both', label: tile(say.both, say.bothText, ['stamp', 'coin']) },
        ]}
      />
      {preset && <p className={styles.note}>{text.program.replaceNote}</p>}
      {draft && <ProgramEditor program={draft} onChange={setDraft} settings={settings} />}
    </StepPage>
  );
}

const PRESETS = { stamps: stampCard, points, both } as const satisfies Record<
  Preset,
  (options: { readonly scale: number }) => Program
>;

function presetOf(program: Program): Preset {
  const stamps = program.units.some((unit) => unit.kind === 'stamps');
  if (!stamps) return 'points';
  return program.units.some((unit) => unit.kind === 'points') ? 'both' : 'stamps';
}
