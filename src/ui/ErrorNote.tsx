import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './iconPaths.ts';
import styles from './Note.module.css';

export interface ErrorNoteProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly tone?: 'bad' | 'warn' | 'plain' | 'good';
  readonly icon?: IconName;
  /** What can be done about it. */
  readonly action?: ReactNode;
  readonly 'data-test'?: string;
}

/** What went wrong, in a sentence, and what to do. Read out by screen readers as soon as it appears. */
export function ErrorNote({ title, children, tone = 'bad', icon = 'alert', action, ...rest }: ErrorNoteProps) {
  return (
    <div {...rest} className={classes(styles.note, styles[tone])} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={icon} size={24} />
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        {children && <div className={styles.more}>{children}</div>}
      </div>
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
