import type { Program } from '../../loyalty/program.ts';
import { worstCase } from '../../loyalty/policies/worstCase.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useOffice } from '../app/context.ts';
import styles from './PoliciesSection.module.css';

interface WorstCaseNoteProps {
  readonly program: Program;
  readonly tills: number;
  readonly currency: string;
  readonly scale: number;
}

/** The most that the numbers below can cost, in money; it follows every keystroke. */
export function WorstCaseNote({ program, tills, currency, scale }: WorstCaseNoteProps) {
  const { text, format } = useOffice();
  const say = text.program.policies;
  const { total, perTill, rewards, onOwnWord, capped } = worstCase(program, tills);
  const money = (amount: number) => format.money(amount, { currency, scale });
  return (
    <div className={styles.worst} role="status" data-test="worst-case">
      <Icon name="shield" size={28} />
      <div>
        <strong>{total === 0 ? say.worstNone : say.worstTitle({ tills, cost: money(total) })}</strong>
        {total > 0 && <p>{say.worstLead({ each: money(perTill), rewards, capped, ownWord: onOwnWord })}</p>}
      </div>
    </div>
  );
}
