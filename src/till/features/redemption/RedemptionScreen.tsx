import { useEffect, useRef } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { useFormat } from '../../../ui/language.tsx';
import { useDesk, useMessages, useScreen, useShop, useShopWords } from '../app/context.tsx';
import { Notices } from '../counter/Notices.tsx';
import { useNow } from '../app/useNow.ts';
import { useWords } from '../app/useWords.ts';
import { amountOf } from '../app/words.ts';
import type { Redemption } from '../screen/screen.ts';
import { registerWords } from './registerWords.ts';
import styles from './RedemptionScreen.module.css';

/** A reward is a moment: what to give is the largest thing in the shop. The next scan dismisses it. */
export function RedemptionScreen({ redemption }: { readonly redemption: Redemption }) {
  const { act, screen } = useDesk();
  const { program } = useShop();
  const { text, money } = useShopWords();
  const words = useWords();
  const format = useFormat();
  const say = useMessages().till.redemption;
  const recording = useScreen((now) => now.recording);
  const now = useNow(1000);
  const { reward, customer, event, at } = redemption;
  const left = at + program.policies.voidFreeMinutes * 60_000 - now;
  const name = customer.profile?.callName ?? customer.profile?.name;
  const cost = reward.voucher === null && reward.due === null ? reward.cost : null;
  const balance = cost && customer.view.balances.find((one) => one.unit === cost.unit);
  const facts = [
    cost ? say.used({ amount: amountOf(words, cost.unit, cost.amount) }) : say.voucherUsed,
    balance && say.left({ amount: amountOf(words, balance.unit, balance.amount) }),
    reward.details && text(reward.details),
  ].filter(Boolean);
  const register = registerWords(say, reward.gives, money, format.number);
  const title = useRef<HTMLElement>(null);
  useEffect(() => title.current?.focus(), []);

  return (
    <section
      className={styles.screen}
      role="dialog"
      aria-modal="true"
      aria-label={text(reward.name)}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') screen.setState({ redemption: null });
      }}
      ref={title}
      data-test="redemption"
    >
      <div className={styles.notice}>
        <Notices />
      </div>
      <div className={styles.middle}>
        <div className={styles.words}>
          <p className={styles.who}>
            <Icon name="check" size={36} />
            {name ? say.gets({ name }) : say.getsUnnamed}
          </p>
          <h1 className={styles.reward}>{text(reward.name)}</h1>
          <p className={styles.facts}>{facts.join(' · ')}</p>
          {register && (
            <p className={styles.register}>
              <Icon name="receipt" size={28} />
              {say.register({ what: register })}
            </p>
          )}
        </div>
        <Icon name={reward.picture} size={400} className={styles.picture} />
      </div>
      <div className={styles.foot}>
        <Button
          className={styles.undo}
          isDisabled={recording}
          onPress={() => void act.undo(event, 'reward')}
          data-test="undo-redemption"
        >
          {left > 0 ? say.undo({ time: format.countdown(left) }) : words.shared.back}
        </Button>
        <Button className={styles.done} onPress={act.clear} data-test="redemption-done">
          {say.done}
        </Button>
      </div>
      <Button
        icon="close"
        label={say.back}
        className={styles.back}
        onPress={() => screen.setState({ redemption: null })}
      />
    </section>
  );
}
