import type { ReactNode } from 'react';
import { Icon } from '../../../ui/Icon.tsx';
import type { IconName } from '../../../ui/iconPaths.ts';
import { classes } from '../../../ui/classes.ts';
import styles from './Face.module.css';

/** A whole screen for what nobody may overlook. */
export function Face({
  icon,
  title,
  children,
  actions,
  loud = false,
  ...rest
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly children: ReactNode;
  readonly actions: ReactNode;
  readonly loud?: boolean;
  readonly 'data-test'?: string;
}) {
  return (
    <section
      {...rest}
      className={classes(styles.face, loud && styles.loud)}
      role="alertdialog"
      aria-modal="true"
      aria-label={title}
    >
      <Icon name={icon} size={96} />
      <h1>{title}</h1>
      <div className={styles.words}>{children}</div>
      <div className={styles.actions}>{actions}</div>
    </section>
  );
}
