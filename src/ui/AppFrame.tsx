import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './AppFrame.module.css';

export interface AppFrameProps {
  /** The shop's name, or the app's. */
  readonly title: ReactNode;
  /** Beside the title: chips that say how things are. */
  readonly status?: ReactNode;
  /** At the far end: who works, where. */
  readonly end?: ReactNode;
  readonly children: ReactNode;
  /** `fill`: exactly as high as the screen, what is inside scrolls; `page`: as high as it gets. */
  readonly fit?: 'fill' | 'page';
}

/** The paper, with one line on top. */
export function AppFrame({ title, status, end, children, fit = 'page' }: AppFrameProps) {
  return (
    <div className={classes(styles.frame, styles[fit])}>
      <header className={styles.bar}>
        <div className={styles.title}>{title}</div>
        <div className={styles.status}>{status}</div>
        <div className={styles.end}>{end}</div>
      </header>
      <main className={styles.main}>{children}</main>
    </div>
  );
}
