import { useState, type FormEvent } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { useDesk, useMessages } from '../app/context.tsx';
import styles from './Sheets.module.css';
import { TillSheet } from './TillSheet.tsx';

/** The code under the QR, typed: for a broken screen or camera. */
export function CodeSheet({ onClose }: { readonly onClose: () => void }) {
  const { till, act } = useDesk();
  const messages = useMessages().till;
  const say = messages.codeSheet;
  const [code, setCode] = useState('');
  const [error, setError] = useState<string | null>(null);
  async function open(event: FormEvent): Promise<void> {
    event.preventDefault();
    const found = await till.identify(code.trim(), 'typed');
    if (found.ok) return act.serve(found.customer);
    const { trouble } = messages;
    setError(
      found.reason === 'notOurs' ? trouble.badCodeHelp : `${trouble[found.reason]}. ${trouble[`${found.reason}Help`]}`,
    );
  }
  return (
    <TillSheet title={say.title} onClose={onClose} data-test="code-sheet">
      <form className={styles.stack} onSubmit={(event) => void open(event)}>
        <TextField
          label={say.label}
          value={code}
          onChange={(next) => {
            setCode(next.toUpperCase());
            setError(null);
          }}
          hint={say.help}
          error={error}
          placeholder="7H3K 9QX2 M4TD"
          autoCapitalize="characters"
          autoComplete="off"
          autoFocus
          big
        />
        <Button kind="main" size="l" type="submit" isDisabled={code.trim() === ''}>
          {say.open}
        </Button>
      </form>
    </TillSheet>
  );
}
