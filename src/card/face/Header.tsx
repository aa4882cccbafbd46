import { Button } from '../../ui/Button.tsx';
import type { CardDocument } from '../../protocol/card/cardDocument.ts';
import styles from './Header.module.css';

export interface HeaderProps {
  readonly business: CardDocument['business'];
  readonly children: React.ReactNode;
  readonly menu?: { readonly label: string; readonly open: () => void };
}

/** Whose card it is, a line below, and the menu. */
export function Header({ business, children, menu }: HeaderProps) {
  return (
    <header className={styles.header}>
      <span className={styles.initial} aria-hidden>
        {[...business.name][0]?.toLocaleUpperCase() ?? ''}
      </span>
      <div className={styles.words}>
        <h1 className={styles.name}>{business.name}</h1>
        <p className={styles.line}>{children}</p>
      </div>
      {menu && <Button icon="menu" label={menu.label} onPress={menu.open} data-test="menu" />}
    </header>
  );
}
