import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { usePhone } from '../phone/phone.ts';
import { useMessages } from '../words.ts';
import styles from './menu.module.css';

/** The recovery code, shown once, until the customer says that it is put away. */
export function RecoveryCode() {
  const { recover } = useMessages();
  const code = usePhone((phone) => phone.recoveryCode);
  const [copied, setCopied] = useState(false);
  const close = () => usePhone.setState({ recoveryCode: null });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code ?? '');
      setCopied(true);
    } catch {
      // Not allowed: it can be read and written down.
      setCopied(false);
    }
  };
  return (
    <Sheet
      title={recover.newTitle}
      isOpen={code !== null}
      onClose={close}
      role="alertdialog"
      footer={
        <div className={styles.row}>
          <Button onPress={() => void copy()}>{copied ? recover.copied : recover.copy}</Button>
          <Button kind="main" onPress={close} data-test="code-kept">
            {recover.done}
          </Button>
        </div>
      }
    >
      <p className={styles.code} data-test="recovery-code">
        {code}
      </p>
      <p className={styles.text}>{recover.newText}</p>
    </Sheet>
  );
}
