import { classes } from './classes.ts';
import styles from './Bar.module.css';

export interface BarProps {
  readonly have: number;
  readonly need: number;
  /** Said to screen readers; the words beside it say it to everybody else. */
  readonly label: string;
  readonly className?: string | undefined;
}

export function Bar({ have, need, label, className }: BarProps) {
  const shown = Math.max(0, Math.min(have, need));
  return (
    <svg
      className={classes(styles.bar, className)}
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <rect className={styles.track} width="100" height="10" />
      <rect className={styles.fill} width={need > 0 ? Math.floor((shown * 100) / need) : 0} height="10" />
    </svg>
  );
}
