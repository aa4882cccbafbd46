import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';
import { useShared } from './language.tsx';
import styles from './Sheet.module.css';

export interface SheetProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** `narrow` for a pin pad, `wide` for lists. */
  readonly size?: 'narrow' | 'medium' | 'wide';
  /** `alert`: cannot be dismissed by a tap beside it. */
  readonly role?: 'dialog' | 'alertdialog';
  /** What has just happened, above what scrolls. */
  readonly note?: ReactNode;
  /** Kept in sight below what scrolls. */
  readonly footer?: ReactNode;
  readonly 'data-test'?: string;
}

/** Lies over the screen, gives the focus back when it goes. Esc, the cross and a tap beside it close it. */
export function Sheet({
  title,
  isOpen,
  onClose,
  children,
  size = 'medium',
  role = 'dialog',
  note,
  footer,
  ...rest
}: SheetProps) {
  const shared = useShared();
  return (
    <ModalOverlay
      className={styles.overlay ?? ''}
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable={role === 'dialog'}
    >
      <Modal className={classes(styles.modal, styles[size])}>
        <Dialog className={styles.dialog ?? ''} role={role} {...rest}>
          <header className={styles.head}>
            <Heading slot="title" className={styles.title ?? ''} level={2}>
              {title}
            </Heading>
            <Button icon="close" label={shared.close} onPress={onClose} />
          </header>
          {note && <div className={styles.note}>{note}</div>}
          <div className={styles.body}>{children}</div>
          {footer && <footer className={styles.foot}>{footer}</footer>}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
