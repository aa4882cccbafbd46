import { useMemo, useState } from 'react';
import { hourOf } from '../../../protocol/day.ts';
import { Button } from '../../../ui/Button.tsx';
import type { Customer } from '../../till.ts';
import { useDesk, useMessages, useScreen, useShop } from '../app/context.tsx';
import { useNow } from '../app/useNow.ts';
import { useWords } from '../app/useWords.ts';
import { refusalSentence } from '../app/sentences.ts';
import { amountOf } from '../app/words.ts';
import { saleOf } from '../screen/basket.ts';
import { creditsOf } from '../screen/changes.ts';
import { AmountField } from './AmountField.tsx';
import styles from './SaleBar.module.css';

const TICK_MS = 5000;

/** The amount, and the main button: it says what will be recorded, and only that. */
export function SaleBar({ customer }: { readonly customer: Customer }) {
  const { till, act, screen } = useDesk();
  const { program, business } = useShop();
  const words = useWords();
  const say = useMessages().till.counter;
  const basket = useScreen((now) => now.basket);
  const recording = useScreen((now) => now.recording);
  // A cool-down runs out while the card lies open.
  const tick = useNow(TICK_MS);
  const sale = useMemo(
    () => saleOf(basket, program, hourOf(tick, business.timeZone), true),
    [basket, program, business, tick],
  );
  // "New purchase" was tapped: shown as any other one, and recorded only by the main button.
  const [secondPurchase, setSecondPurchase] = useState(false);
  const proposal = useMemo(
    () => till.preview(customer, sale, { secondPurchase }),
    [till, customer, sale, secondPurchase],
  );
  const credits = proposal.ok ? [...creditsOf(proposal.effects)].filter(([, amount]) => amount > 0) : [];
  const label = credits.map(([unit, amount]) => amountOf(words, unit, amount)).join(say.plus);
  const nothingEntered = sale.total === null && sale.lines.length === 0;

  function main() {
    if (!proposal.ok) {
      const again = proposal.refusal.kind === 'cooldown';
      return (
        <div className={styles.refused}>
          <p role="status">{refusalSentence(words, proposal.refusal, tick)}</p>
          {again && (
            <Button
              kind="tint"
              size="l"
              isDisabled={recording}
              onPress={() => setSecondPurchase(true)}
              data-test="again"
            >
              {say.again}
            </Button>
          )}
        </div>
      );
    }
    if (credits.length === 0 && nothingEntered)
      return (
        <Button kind="main" size="xl" className={styles.main} onPress={() => screen.setState({ keypad: true })}>
          {say.enterAmount}
        </Button>
      );
    return (
      <Button
        kind="main"
        size="xl"
        icon="stamp"
        className={styles.main}
        isDisabled={recording}
        onPress={() => void act.recordSale({ secondPurchase })}
        data-test="record"
      >
        {recording ? say.recording : label || say.recordSale}
      </Button>
    );
  }
  return (
    <div className={styles.bar}>
      <AmountField />
      {main()}
    </div>
  );
}
