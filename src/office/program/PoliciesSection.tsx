import { policiesOf, type AllPolicies } from '../../loyalty/policies/policiesOf.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { Section } from '../app/Page.tsx';
import { useOffice } from '../app/context.ts';
import { MoneyField } from '../fields/MoneyField.tsx';
import { setOutageCap, setPolicies } from './edits.ts';
import styles from './PoliciesSection.module.css';
import type { EditorPart } from './editorPart.ts';
import { WorstCaseNote } from './WorstCaseNote.tsx';

interface PoliciesSectionProps extends EditorPart {
  readonly tills: number;
}

/** Those that this section shows as a plain number. */
type Field = Exclude<
  keyof AllPolicies,
  'offlineValuePerOutage' | 'earningEventsPerDay' | 'voidGraceDays' | 'grantToldUpTo'
>;

/** What an outage may cost: each number with what it does, and the worst case in money, live. */
export function PoliciesSection({ program, onChange, settings, scale, tills }: PoliciesSectionProps) {
  const { text } = useOffice();
  const say = text.program.policies;
  const policies = policiesOf(program.policies);
  const field = (key: Field, min: number, max: number, error: string | null = null) => (
    <NumberField
      label={say[key]}
      hint={say[`${key}Hint`]}
      error={error}
      value={policies[key]}
      min={min}
      max={max}
      onChange={(next) => next !== null && onChange(setPolicies(program, { [key]: next }))}
    />
  );
  const { overdraftsToBlock, overdraftsToOnlineOnly } = policies;
  const steps = overdraftsToBlock > 0 && overdraftsToBlock <= overdraftsToOnlineOnly ? say.steps : null;
  return (
    <Section title={say.title} lead={say.lead}>
      <WorstCaseNote program={program} tills={Math.max(1, tills)} currency={settings.currency} scale={scale} />
      <h3 className={styles.title}>{say.riskTitle}</h3>
      <div className={styles.row}>
        {field('offlineRedeemHours', 0, 720)}
        {field('offlineRedemptionsPerOutage', 0, 1000)}
        <MoneyField
          label={say.offlineValuePerOutage}
          hint={say.offlineValuePerOutageHint}
          value={policies.offlineValuePerOutage}
          scale={scale}
          symbol={settings.currency}
          onChange={(cap) => onChange(setOutageCap(program, cap))}
        />
        {field('offlineRedemptionsPerMember24h', 0, 100)}
        {field('staleHours', 1, 720)}
        {field('phoneVoucherMinutes', 0, 60)}
      </div>
      <h3 className={styles.title}>{say.aloneTitle}</h3>
      <div className={styles.row}>
        {field('ownWordPerDay', 0, 100)}
        {field('goodwillPerStaffPerDay', 0, 1000)}
        {field('voidFreeMinutes', 0, 1440)}
        {field('cooldownSeconds', 0, 86_400)}
      </div>
      <h3 className={styles.title}>{say.overdraftTitle}</h3>
      <div className={styles.row}>
        {field('overdraftsToOnlineOnly', 0, 100)}
        {field('overdraftsToBlock', 0, 100, steps)}
        {field('overdraftDays', 1, 400)}
      </div>
    </Section>
  );
}
