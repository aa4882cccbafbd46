import type { ReactNode } from 'react';
import { Bar } from './Bar.tsx';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './iconPaths.ts';
import styles from './RewardRow.module.css';

export interface RewardRowProps {
  readonly icon: IconName;
  readonly name: string;
  readonly detail?: string | undefined;
  /** Far from it yet: a dashed outline and how far it is, in full contrast. */
  readonly progress?: { readonly have: number; readonly need: number; readonly label: string } | undefined;
  /** The button, where it can be had now. */
  readonly children?: ReactNode;
  readonly className?: string | undefined;
}

export function RewardRow({ icon, name, detail, progress, children, className }: RewardRowProps) {
  return (
    <div className={classes(styles.row, progress && styles.near, className)}>
      <span className={styles.picture}>
        <Icon name={icon} size={28} />
      </span>
      <span className={styles.words}>
        <span className={styles.name}>{name}</span>
        {detail && <span className={styles.detail}>{detail}</span>}
      </span>
      {progress && <Bar className={styles.bar} have={progress.have} need={progress.need} label={progress.label} />}
      {children && <span className={styles.action}>{children}</span>}
    </div>
  );
}
