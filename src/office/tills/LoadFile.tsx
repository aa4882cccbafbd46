import { useRef, useState } from 'react';
import type { JournalResult } from '../../protocol/office/officeApi.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ask } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { DoneLine, ProblemLine } from '../app/Faces.tsx';
import { useSave } from '../app/useSave.ts';
import styles from './Tills.module.css';

/** Takes the file that a till gave out, and says what became of each event in it. */
export function LoadFile({ onLoaded }: { readonly onLoaded: () => Promise<void> }) {
  const { text } = useOffice();
  const say = text.tills;
  const input = useRef<HTMLInputElement>(null);
  const [result, setResult] = useState<JournalResult | null>(null);
  const save = useSave();
  const load = async (chosen: File | undefined) => {
    if (!chosen) return;
    setResult(null);
    const done = await save.run(async () => ask<JournalResult>('POST', 'tills/journal', { file: await chosen.text() }));
    if (input.current) input.current.value = '';
    if (!done) return;
    setResult(done);
    await onLoaded();
  };
  return (
    <div className={styles.replace}>
      <p>{say.loadText}</p>
      <input
        ref={input}
        type="file"
        accept=".jsonl,application/x-ndjson"
        className={styles.file}
        aria-label={say.loadChoose}
        data-test="journal-file"
        onChange={(event) => void load(event.target.files?.[0])}
      />
      <div>
        <Button kind="tint" size="l" icon="upload" isBusy={save.busy} onPress={() => input.current?.click()}>
          {save.busy ? say.loading : say.loadChoose}
        </Button>
      </div>
      <ProblemLine problem={save.problem} />
      {result && <Result result={result} />}
    </div>
  );
}

function Result({ result }: { readonly result: JournalResult }) {
  const { text, format } = useOffice();
  const say = text.tills;
  const n = (count: number) => ({ n: format.number(count) });
  return (
    <div className={styles.known} data-test="journal-result">
      <DoneLine>{say.loaded({ till: result.till })}</DoneLine>
      <ul className={styles.counts}>
        <li>
          <strong>{say.loadedNew(n(result.new))}</strong>
        </li>
        <li>{say.loadedKnown(n(result.known))}</li>
        {result.patches > 0 && <li>{say.loadedProfiles(n(result.patches))}</li>}
        {result.unreadable > 0 && <Warn>{say.loadedUnreadable(n(result.unreadable))}</Warn>}
        {result.gap > 0 && <Warn>{say.loadedGap(n(result.gap))}</Warn>}
      </ul>
      {!result.knownTill && <p>{say.loadedUnknownTill}</p>}
      {result.knownTill && !result.revoked && <p className={styles.soft}>{say.loadedStillListed}</p>}
      {result.revoked && result.new > 0 && <p className={styles.soft}>{say.loadedFlagged}</p>}
    </div>
  );
}

function Warn({ children }: { readonly children: string }) {
  return (
    <li>
      <Icon name="alert" size={20} />
      {children}
    </li>
  );
}
