import { useState } from 'react';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { useFormat } from '../../../ui/language.tsx';
import type { JournalFile, SignInOutcome } from '../../till.ts';
import { useDesk, useMessages, useObserved } from '../app/context.tsx';
import { TillSheet } from '../sheets/TillSheet.tsx';
import { PinPad } from '../signIn/PinPad.tsx';
import { SaveJournal } from './SaveJournal.tsx';
import styles from './UnpairSheet.module.css';

/** Removes this till from the shop: first everything must be sent, or stand in a file; then a manager says so. */
export function UnpairSheet({ onClose }: { readonly onClose: () => void }) {
  const { till } = useDesk();
  const status = useObserved(till.status, (value) => value);
  const say = useMessages().till.unpair;
  const format = useFormat();
  const [file, setFile] = useState<JournalFile | null>(null);
  const [confirmed, setConfirmed] = useState(false);
  const waiting = status.unsent + status.unsentPatches;
  const blocked = waiting > 0 && !status.exported;
  const ready = waiting === 0 || (status.exported && confirmed);

  const check = async (pin: string): Promise<SignInOutcome> => {
    const outcome = await till.unpair(pin);
    // Something was recorded in this very moment; the sheet shows it, and the PIN itself was right.
    return outcome.ok || outcome.reason === 'unsent' ? { ok: true, staff: '' } : outcome;
  };

  return (
    <TillSheet title={say.title} onClose={onClose} size="wide" role="alertdialog" data-test="unpair-sheet">
      <div className={styles.sheet} data-ready={ready || undefined}>
        <div className={styles.words}>
          <p>{say.what}</p>
          {waiting === 0 ? (
            <ErrorNote tone="good" icon="cloudCheck" title={say.allSent} />
          ) : (
            <ErrorNote tone="warn" icon="clock" title={say.unsent({ n: format.number(waiting) })}>
              {status.connection === 'offline' ? say.unsentOffline : say.unsentOnline}
            </ErrorNote>
          )}
          {waiting > 0 && (
            <>
              <p>{say.fileHelp}</p>
              <SaveJournal kind={blocked ? 'main' : 'quiet'} onSaved={setFile} />
            </>
          )}
          {file !== null && file.patches > 0 && <p className={styles.small}>{say.filePersonal}</p>}
          {waiting > 0 && status.exported && (
            <label className={styles.check}>
              <input type="checkbox" checked={confirmed} onChange={(event) => setConfirmed(event.target.checked)} />
              <span>{say.fileKept}</span>
            </label>
          )}
          {status.connection === 'offline' && <p className={styles.small}>{say.offline}</p>}
        </div>
        {ready && <PinPad title={null} label={say.pin} action={say.remove} check={check} onBack={null} backLabel="" />}
      </div>
    </TillSheet>
  );
}
