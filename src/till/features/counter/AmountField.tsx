import { Button } from 'react-aria-components/Button';
import { useDesk, useMessages, useScreen, useShop, useShopWords } from '../app/context.tsx';
import { basketTotal } from '../screen/basket.ts';
import styles from './Amount.module.css';

/** What is paid; a tap opens the keypad. */
export function AmountField() {
  const { screen } = useDesk();
  const basket = useScreen((now) => now.basket);
  const keypad = useScreen((now) => now.keypad);
  const { program } = useShop();
  const { money } = useShopWords();
  const say = useMessages().till.counter;
  const total = basketTotal(basket, program.products);
  return (
    <Button
      className={styles.field ?? ''}
      aria-expanded={keypad}
      data-open={keypad || undefined}
      data-test="amount"
      onPress={() => screen.setState({ keypad: !keypad })}
    >
      <span className={styles.label}>{say.amount}</span>
      {total === null ? (
        <span className={styles.empty}>{say.amountOptional}</span>
      ) : (
        <span className={styles.value}>{money(total)}</span>
      )}
    </Button>
  );
}
