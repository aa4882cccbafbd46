import type { OfficePattern } from '../../protocol/office/officeApi.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ask } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { ProblemLine } from '../app/Faces.tsx';
import { Section } from '../app/Page.tsx';
import { useLoad } from '../app/useLoad.ts';
import { useSave } from '../app/useSave.ts';
import styles from './Patterns.module.css';

interface PatternsProps {
  /** `null`: today, and what is left of yesterday. */
  readonly day: string | null;
  readonly timeZone: string | undefined;
}

const REFRESH_MS = 120_000;

/** What happens by honest means as well, and is worth a question now and then. Nothing where there is nothing. */
export function Patterns({ day, timeZone }: PatternsProps) {
  const { text } = useOffice();
  const patterns = useLoad<readonly OfficePattern[]>(day === null ? 'patterns' : `patterns?day=${day}`, REFRESH_MS);
  if (!patterns.value || patterns.value.length === 0) return null;
  return (
    <Section title={text.patterns.title} lead={text.patterns.lead}>
      <ul data-test="patterns">
        {patterns.value.map((one) => (
          <Line key={one.id} pattern={one} timeZone={timeZone} onSettled={patterns.reload} />
        ))}
      </ul>
    </Section>
  );
}

interface LineProps {
  readonly pattern: OfficePattern;
  readonly timeZone: string | undefined;
  readonly onSettled: () => Promise<void>;
}

function Line({ pattern, timeZone, onSettled }: LineProps) {
  const { text, format } = useOffice();
  const save = useSave();
  const { kind, staff, till, member, count, of, from, to, day } = pattern;
  const settle = async () => {
    if (await save.run(() => ask('POST', 'patterns/settle', { id: pattern.id }))) await onSettled();
  };
  const n = { count: format.number(count), of: format.number(of) };
  const [start, end] = [format.time(from, timeZone), format.time(to, timeZone)];
  const time = start === end ? start : `${start}–${end}`;
  const where = [staff ?? text.common.unknownPerson, till, format.day(day), time].filter(Boolean);
  return (
    <li className={styles.line}>
      <Icon name="search" size={22} />
      <div className={styles.words}>
        <strong>{text.patterns.kinds[kind](n)}</strong>
        {member && <span>{member}</span>}
        <span className={styles.soft}>{where.join(' · ')}</span>
        <span className={styles.soft}>{text.patterns.often[kind]}</span>
        <ProblemLine problem={save.problem} />
      </div>
      <Button icon="check" isBusy={save.busy} onPress={() => void settle()} data-test="pattern-fine">
        {text.patterns.fine}
      </Button>
    </li>
  );
}
