import { textIn } from '../../i18n/format.ts';
import type { OfficeRedemption } from '../../protocol/office/officeApi.ts';
import { Chip } from '../../ui/Chip.tsx';
import { classes } from '../../ui/classes.ts';
import { useOffice } from '../app/context.ts';
import styles from './Today.module.css';

interface RedemptionTableProps {
  readonly redemptions: readonly OfficeRedemption[];
  readonly money: (amount: number) => string;
  readonly time: (at: number) => string;
}

export function RedemptionTable({ redemptions, money, time }: RedemptionTableProps) {
  const { text, language } = useOffice();
  if (redemptions.length === 0) return <p className={styles.soft}>{text.today.redemptionsNone}</p>;
  return (
    <ul className={styles.redemptions}>
      {redemptions.map((one) => (
        <li key={one.event} className={classes(styles.redemption, one.undone && styles.undone)}>
          <span className={styles.when}>{time(one.at)}</span>
          <span className={styles.what}>
            <strong>{textIn(one.reward, language, 'en')}</strong>
            <span className={styles.soft}>
              {[one.member ?? text.common.someone, one.staff, one.till].filter(Boolean).join(' · ')}
            </span>
          </span>
          {one.undone && <Chip size="s">{text.today.undone}</Chip>}
          {one.flagged && (
            <Chip size="s" tone="warn" icon="alert">
              {text.today.exceptions}
            </Chip>
          )}
          <span className={styles.cost}>{money(one.cost)}</span>
        </li>
      ))}
    </ul>
  );
}
