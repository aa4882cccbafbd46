import type { ReactNode } from 'react';
import { classes } from '../../ui/classes.ts';
import styles from './Page.module.css';

interface PageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  /** What can be done on the whole page, beside the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, lead, actions, children }: PageProps) {
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div>
          <h1>{title}</h1>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}

interface SectionProps {
  readonly title?: string;
  readonly lead?: string;
  readonly actions?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** One sheet of card on the paper. */
export function Section({ title, lead, actions, className, children }: SectionProps) {
  return (
    <section className={classes(styles.section, className)}>
      {(title || actions) && (
        <div className={styles.sectionHead}>
          {title && <h2>{title}</h2>}
          {actions}
        </div>
      )}
      {lead && <p className={styles.sectionLead}>{lead}</p>}
      {children}
    </section>
  );
}
