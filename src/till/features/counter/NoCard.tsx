import { Button } from '../../../ui/Button.tsx';
import { useFormat } from '../../../ui/language.tsx';
import { useDesk, useMessages, useScreen, useShop, useShopWords } from '../app/context.tsx';
import { useNow } from '../app/useNow.ts';
import { basketTotal } from '../screen/basket.ts';
import { AmountField } from './AmountField.tsx';
import { Products } from './Products.tsx';
import styles from './NoCard.module.css';

/** On the empty counter: an amount may be entered before the scan, or recorded without a card. */
export function NoCard() {
  const { act } = useDesk();
  const { program } = useShop();
  const { money } = useShopWords();
  const say = useMessages().till.counter;
  const basket = useScreen((now) => now.basket);
  const recording = useScreen((now) => now.recording);
  const done = useScreen((now) => now.done);
  const keypad = useScreen((now) => now.keypad);
  const total = basketTotal(basket, program.products);
  const open = total !== null || Object.keys(basket.items).length > 0;
  return (
    <section className={styles.noCard} aria-label={say.idleAmount}>
      {done?.kind === 'noCard' && (
        <Recorded
          text={say.recordedNoCard({ amount: money(done.total) })}
          at={done.at}
          onUndo={() => void act.undo(done.event, 'sale')}
        />
      )}
      {(open || keypad) && <Products />}
      <AmountField />
      {open ? (
        <Button kind="main" size="l" isDisabled={recording} onPress={() => void act.recordSale()} data-test="no-card">
          {recording ? say.recording : say.recordNoCard}
        </Button>
      ) : (
        <p className={styles.help}>{say.idleAmountHelp}</p>
      )}
    </section>
  );
}

function Recorded({ text, at, onUndo }: { readonly text: string; readonly at: number; readonly onUndo: () => void }) {
  const { program } = useShop();
  const say = useMessages().till.counter;
  const format = useFormat();
  const now = useNow(1000);
  const left = at + program.policies.voidFreeMinutes * 60_000 - now;
  return (
    <div className={styles.recorded} role="status">
      <p>{text}</p>
      <Button icon="undo" onPress={onUndo}>
        {left > 0 ? say.undoIn({ time: format.countdown(left) }) : say.undoManager}
      </Button>
    </div>
  );
}
