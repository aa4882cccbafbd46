import { useState, type FormEvent } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { useFormat } from '../../../ui/language.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import type { PairOutcome } from '../../till.ts';
import { useDesk, useMessages, useObserved } from '../app/context.tsx';
import styles from './Sheets.module.css';
import { TillSheet } from './TillSheet.tsx';

/** The server does not know this till any more. A code from the office makes it the same till again; selling goes on meanwhile. */
export function PairAgainSheet({ onClose }: { readonly onClose: () => void }) {
  const { till } = useDesk();
  const messages = useMessages().till;
  const say = messages.pairAgain;
  const unsent = useObserved(till.status, (status) => status.unsent + status.unsentPatches);
  const format = useFormat();
  const [code, setCode] = useState('');
  const [pairing, setPairing] = useState(false);
  const [failure, setFailure] = useState<Extract<PairOutcome, { ok: false }>['reason'] | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (code.trim() === '' || pairing) return;
    setPairing(true);
    setFailure(null);
    const outcome = await till.pair(code.trim());
    setPairing(false);
    if (!outcome.ok) return setFailure(outcome.reason);
    till.syncNow();
    onClose();
  };
  return (
    <TillSheet title={say.title} onClose={onClose} data-test="pair-again-sheet">
      <form className={styles.stack} onSubmit={(event) => void submit(event)}>
        <p>{say.help}</p>
        {unsent > 0 && <p className={styles.quiet}>{say.kept({ n: format.number(unsent) })}</p>}
        <TextField
          label={messages.start.code}
          value={code}
          onChange={setCode}
          placeholder={messages.start.codePlaceholder}
          autoCapitalize="characters"
          autoComplete="off"
          big
          error={failure && messages.start[failure]}
        />
        <Button kind="main" size="l" type="submit" isDisabled={pairing || code.trim() === ''} data-test="pair-again">
          {pairing ? messages.start.connecting : messages.start.connect}
        </Button>
      </form>
    </TillSheet>
  );
}
