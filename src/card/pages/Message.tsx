import type { ReactNode } from 'react';
import { Icon } from '../../ui/Icon.tsx';
import type { IconName } from '../../ui/iconPaths.ts';
import styles from './pages.module.css';

/** A page that says one thing, and what can be done about it. */
export function Message({
  icon,
  shop,
  title,
  children,
  actions,
}: {
  readonly icon: IconName;
  /** Whose card it is about. */
  readonly shop?: string;
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <main className={styles.message}>
      <span className={styles.picture}>
        <Icon name={icon} size={44} />
      </span>
      {shop !== undefined && <p className={styles.shop}>{shop}</p>}
      <h1 className={styles.title}>{title}</h1>
      <p className={styles.text}>{children}</p>
      {actions && <div className={styles.actions}>{actions}</div>}
    </main>
  );
}
