import type { Limit, RewardDefinition, Window } from '../../loyalty/program.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { Select } from '../../ui/Select.tsx';
import { useOffice } from '../app/context.ts';
import { Check } from '../fields/Check.tsx';
import { LIMIT_WINDOWS, type LimitWindow, limitWindow } from './limitText.ts';
import styles from './ProgramEditor.module.css';

interface LimitFieldsProps {
  readonly reward: RewardDefinition;
  readonly onChange: (limits: readonly Limit[]) => void;
}

const FIRST: Limit = { n: 20, per: 'business', window: { kind: 'calendar', of: 'day' } };

/** How often a reward can be had at most: for whom, and in what time. Further limits of a program stay as they are. */
export function LimitFields({ reward, onChange }: LimitFieldsProps) {
  const say = useOffice().text.program.limit;
  const [limit, ...others] = reward.limits;
  const change = (next: Partial<Limit>) => limit && onChange([{ ...limit, ...next }, ...others]);
  const set = (of: LimitWindow) => {
    const window: Window = of === 'allTime' ? { kind: 'allTime' } : { kind: 'calendar', of };
    change({ window });
  };
  const span = limit === undefined ? null : limitWindow(limit.window);
  return (
    <>
      <Check
        label={say.limited}
        hint={say.limitedHint}
        value={limit !== undefined}
        onChange={(on) => onChange(on ? [FIRST] : [])}
      />
      {limit && (
        <div className={styles.row}>
          <NumberField
            label={say.n}
            value={limit.n}
            min={1}
            max={1_000_000}
            onChange={(n) => n !== null && change({ n })}
          />
          <Select
            label={say.for}
            value={limit.per}
            onChange={(per) => change({ per })}
            options={(['business', 'device', 'member'] as const).map((value) => ({ value, label: say.per[value] }))}
          />
          {span && (
            <Select
              label={say.time}
              value={span}
              onChange={set}
              options={LIMIT_WINDOWS.map((value) => ({ value, label: say.windows[value] }))}
            />
          )}
        </div>
      )}
    </>
  );
}
