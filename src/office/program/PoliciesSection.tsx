import { NumberField } from '../../ui/NumberField.tsx';
import { Section } from '../app/Page.tsx';
import { useOffice } from '../app/context.ts';
import { setPolicies } from './edits.ts';
import type { EditorPart } from './ProgramEditor.tsx';
import styles from './ProgramEditor.module.css';

interface PoliciesSectionProps extends EditorPart {
  readonly tills: number;
}

/** What an outage may cost, with the worst case said in money. */
export function PoliciesSection({ program, onChange, settings, scale, tills }: PoliciesSectionProps) {
  const { text, format } = useOffice();
  const say = text.program.policies;
  const { policies } = program;
  const each = policies.offlineRedemptionsPerOutage;
  const dearest = Math.max(0, ...program.rewards.filter((one) => !one.onlineOnly).map((one) => one.costToShop));
  const cost = format.money(dearest * each * Math.max(1, tills), { currency: settings.currency, scale });
  const field = (key: keyof typeof policies, label: string, max: number) => (
    <NumberField
      label={label}
      value={policies[key]}
      min={0}
      max={max}
      onChange={(next) => next !== null && onChange(setPolicies(program, { [key]: next }))}
    />
  );
  return (
    <Section title={say.title} lead={say.lead}>
      <div className={styles.row}>
        {field('offlineRedeemHours', say.offlineRedeemHours, 720)}
        {field('offlineRedemptionsPerOutage', say.offlineRedemptionsPerOutage, 1000)}
        {field('offlineRedemptionsPerMember24h', say.offlineRedemptionsPerMember24h, 100)}
        {field('voidFreeMinutes', say.voidFreeMinutes, 1440)}
        {field('cooldownSeconds', say.cooldownSeconds, 86_400)}
        {field('goodwillPerStaffPerDay', say.goodwillPerStaffPerDay, 1000)}
      </div>
      <p className={styles.sentence}>
        <strong>{say.worst({ tills: Math.max(1, tills), each, cost })}</strong>
      </p>
    </Section>
  );
}
