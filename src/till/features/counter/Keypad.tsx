import { Button } from '../../../ui/Button.tsx';
import { useDesk, useMessages, useScreen } from '../app/context.tsx';
import { clearDigits, dropDigit, typeDigit } from '../screen/basket.ts';
import { Keys } from './Keys.tsx';
import styles from './Keypad.module.css';

/** The amount, by thumb. */
export function Keypad() {
  const { screen } = useDesk();
  const say = useMessages().till.counter;
  const typed = useScreen((now) => now.basket.digits !== '');
  return (
    <section className={styles.keypad} aria-label={say.amount}>
      <Keys
        onDigit={(digit) => screen.setState(({ basket }) => ({ basket: typeDigit(basket, digit) }))}
        onBackspace={() => screen.setState(({ basket }) => ({ basket: dropDigit(basket) }))}
        backspaceLabel={say.backspace}
        corner={
          <Button
            kind="tint"
            icon="check"
            label={say.keypadDone}
            className={styles.done}
            onPress={() => screen.setState({ keypad: false })}
          />
        }
      />
      <Button
        kind="plain"
        isDisabled={!typed}
        onPress={() => screen.setState(({ basket }) => ({ basket: clearDigits(basket) }))}
      >
        {say.clearAmount}
      </Button>
    </section>
  );
}
