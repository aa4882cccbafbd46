import type { ReactNode } from 'react';
import { LanguageSwitch } from '../app/LanguageSwitch.tsx';
import styles from './Welcome.module.css';

interface WelcomeProps {
  readonly title: string;
  readonly lead?: string | undefined;
  readonly children: ReactNode;
}

/** One sheet in the middle: for those who are not in yet. */
export function Welcome({ title, lead, children }: WelcomeProps) {
  return (
    <main className={styles.page}>
      <div className={styles.sheet}>
        <div>
          <h1>{title}</h1>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {children}
      </div>
      <LanguageSwitch />
    </main>
  );
}
