import { Button } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { useFormat, useShared } from '../../../ui/language.tsx';
import { useDesk, useMessages, useScreen, useShop } from '../app/context.tsx';
import { useNow } from '../app/useNow.ts';
import { useWords } from '../app/useWords.ts';
import { whySentence } from '../app/sentences.ts';
import type { Change } from '../screen/changes.ts';
import type { Done } from '../screen/screen.ts';
import styles from './DoneBar.module.css';

/** What was recorded, in ink: it cannot be confused with what is only offered. */
export function DoneBar({
  done,
  changes,
}: {
  readonly done: Extract<Done, { kind: 'recorded' }>;
  readonly changes: readonly Change[];
}) {
  const { act } = useDesk();
  const { program, business } = useShop();
  const say = useMessages().till.counter;
  const shared = useShared();
  const format = useFormat();
  const words = useWords();
  const recording = useScreen((screen) => screen.recording);
  const now = useNow(1000);
  const left = done.at + program.policies.voidFreeMinutes * 60_000 - now;
  const parts = changes.map((change) => {
    if (change.kind === 'stamps')
      return say.stampsMoved({ from: format.number(change.from), to: format.number(change.to) });
    if (change.kind === 'credit') return `${change.delta > 0 ? '+' : ''}${format.money(change.delta, business)}`;
    return shared.points({ n: format.signed(change.delta) });
  });
  const sentences = done.why
    .filter((why) => why.kind !== 'notMet' && why.kind !== 'carried')
    .map((why) => whySentence(words, why))
    .filter((sentence) => sentence !== null);
  return (
    <>
      {sentences.length > 0 && <p className={styles.why}>{sentences.join(' · ')}</p>}
      <div className={styles.bar} data-test="done">
        <Icon name="check" size={32} />
        <p className={styles.what} role="status">
          {say.recorded({ what: parts.length > 0 ? parts.join(', ') : say.saleOnly })}
        </p>
        <Button size="l" isDisabled={recording} onPress={() => void act.undo(done.event, 'sale')} data-test="undo">
          {left > 0 ? say.undoIn({ time: format.countdown(left) }) : say.undoManager}
        </Button>
      </div>
    </>
  );
}
