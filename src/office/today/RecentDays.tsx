import type { OfficeDay } from '../../protocol/office/officeApi.ts';
import { classes } from '../../ui/classes.ts';
import { useOffice } from '../app/context.ts';
import styles from './RecentDays.module.css';

interface RecentDaysProps {
  readonly days: readonly OfficeDay[];
  readonly shown: string;
  readonly onChoose: (day: string) => void;
}

/** Two weeks as bars; pressing one shows that day. */
export function RecentDays({ days, shown, onChoose }: RecentDaysProps) {
  const { text, format } = useOffice();
  const most = Math.max(1, ...days.map((one) => one.sales));
  return (
    <div className={styles.days}>
      {days.map((one) => (
        <button
          key={one.day}
          type="button"
          className={classes(styles.day, one.day === shown && styles.shown)}
          onClick={() => onChoose(one.day)}
          aria-pressed={one.day === shown}
          aria-label={`${format.longDay(one.day)}: ${one.sales} ${text.today.recentSales}, ${one.redemptions} ${text.today.recentRedemptions}`}
        >
          <span className={styles.count}>{one.sales}</span>
          <span className={styles.track}>
            <span className={styles.bar} style={{ height: `${Math.max(2, Math.round((one.sales * 100) / most))}%` }} />
          </span>
          <span className={styles.label}>{Number(one.day.slice(8))}</span>
        </button>
      ))}
    </div>
  );
}
