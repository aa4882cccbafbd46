import { plain } from '../../../loyalty/rewardViews.ts';
import { Button } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { useFormat } from '../../../ui/language.tsx';
import type { Customer } from '../../till.ts';
import { useDesk, useMessages, useObserved, useScreen, useShop, useShopWords } from '../app/context.tsx';
import { useNow } from '../app/useNow.ts';
import { rewardName } from '../app/words.ts';
import { useWords } from '../app/useWords.ts';
import styles from './Offer.module.css';

/** A voucher from the customer's phone: what to hand over, one tap away, before everything else. */
export function Offer({ customer }: { readonly customer: Customer }) {
  const { act, screen, till } = useDesk();
  const { program } = useShop();
  const { text } = useShopWords();
  const words = useWords();
  const format = useFormat();
  const say = useMessages().till.offer;
  const offer = useScreen((state) => state.offer);
  const recording = useScreen((state) => state.recording);
  const skew = useObserved(till.status, (status) => status.skew ?? 0);
  const now = useNow(1000, offer !== null);
  if (offer === null) return null;
  const reward = program.rewards.find(({ id }) => id === offer.reward);
  const paidBy = offer.voucher === null ? (reward?.cost ?? null) : null;
  const left = offer.until - (now + skew);
  return (
    <section className={styles.offer} aria-label={say.title} data-test="offer">
      <span className={styles.picture}>
        <Icon name={reward?.picture ?? 'gift'} size={40} />
      </span>
      <div className={styles.words}>
        <p className={styles.title}>
          <Icon name="phone" size={20} />
          {say.title}
        </p>
        <p className={styles.name}>{reward ? text(reward.name) : rewardName(words, offer.reward)}</p>
        <p className={styles.left}>{left > 0 ? say.left({ time: format.countdown(left) }) : say.over}</p>
      </div>
      <div className={styles.actions}>
        {reward && left > 0 && (
          <Button
            kind="main"
            size="l"
            isDisabled={recording}
            label={`${say.give}: ${text(reward.name)}, ${customer.profile?.name ?? ''}`}
            onPress={() => void act.give({ ...plain(reward), voucher: offer.voucher, cost: paidBy }, {}, offer)}
            data-test="give-offer"
          >
            {say.give}
          </Button>
        )}
        <Button kind="plain" onPress={() => screen.setState({ offer: null })}>
          {say.dismiss}
        </Button>
      </div>
    </section>
  );
}
