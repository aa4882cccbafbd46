import type { ReactNode } from 'react';
import styles from './Setup.module.css';

interface StepPageProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
  /** The main action last: it stands bottom right. */
  readonly actions: ReactNode;
}

export function StepPage({ title, lead, children, actions }: StepPageProps) {
  return (
    <div className={styles.stepPage}>
      <div className={styles.stepHead}>
        <h2>{title}</h2>
        <p>{lead}</p>
      </div>
      {children}
      <div className={styles.actions}>{actions}</div>
    </div>
  );
}
