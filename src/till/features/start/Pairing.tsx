import { useState, type FormEvent } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { CameraView } from '../../scan/CameraView.tsx';
import { useScanner } from '../../scan/useScanner.ts';
import type { PairOutcome } from '../../till.ts';
import { useDesk, useMessages } from '../app/context.tsx';
import { pairCodeIn } from './pairCode.ts';
import styles from './Start.module.css';

type Failure = Extract<PairOutcome, { ok: false }>['reason'];

/** The first screen of a new tablet: a code from the back office, typed, scanned, or brought by the address. */
export function Pairing({ evicted }: { readonly evicted: boolean }) {
  const { till } = useDesk();
  const { till: messages, scan } = useMessages();
  const say = messages.start;
  const [code, setCode] = useState(() => pairCodeIn(window.location.hash) ?? '');
  const [pairing, setPairing] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function pair(text: string): Promise<boolean> {
    setPairing(true);
    setFailure(null);
    const outcome = await till.pair(text);
    setPairing(false);
    if (outcome.ok) window.history.replaceState(null, '', window.location.pathname);
    else setFailure(outcome.reason);
    return outcome.ok;
  }
  useScanner({
    onRead: async (read) => {
      const scanned = pairCodeIn(read.text);
      if (!scanned) return 'error';
      setCode(scanned);
      return (await pair(scanned)) ? 'good' : 'error';
    },
    isOurs: (text) => pairCodeIn(text) !== null,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (code.trim() !== '' && !pairing) void pair(code.trim());
  };

  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <h1>{evicted ? say.evictedTitle : say.pairTitle}</h1>
        {evicted && (
          <ErrorNote title={say.evictedHelp} tone="warn">
            {null}
          </ErrorNote>
        )}
        <p className={styles.quiet}>{say.pairHelp}</p>
        <div className={styles.columns}>
          <form onSubmit={submit} className={styles.form}>
            <TextField
              label={say.code}
              value={code}
              onChange={setCode}
              placeholder={say.codePlaceholder}
              autoCapitalize="characters"
              autoComplete="off"
              big
              error={failure && say[failure]}
              hint={say.needsNetwork}
            />
            <Button kind="main" size="l" type="submit" isDisabled={pairing || code.trim() === ''}>
              {pairing ? say.connecting : say.connect}
            </Button>
          </form>
          <CameraView messages={scan} compact />
        </div>
      </div>
    </main>
  );
}
