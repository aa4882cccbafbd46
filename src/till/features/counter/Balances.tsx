import type { BalanceView, MemberView } from '../../../loyalty/views.ts';
import { StampCard } from '../../../ui/StampCard.tsx';
import { useFormat, useShared } from '../../../ui/language.tsx';
import { useMessages, useShopWords } from '../app/context.tsx';
import { useWords } from '../app/useWords.ts';
import { amountOf, type Words } from '../app/words.ts';
import type { Change } from '../screen/changes.ts';
import styles from './Balances.module.css';

/** Stamp cards as cards; points beside the first of them, or alone where there is none. */
export function Balances({ view, changes }: { readonly view: MemberView; readonly changes: readonly Change[] }) {
  const cards = view.balances.filter((balance) => balance.card !== null);
  const others = view.balances.filter((balance) => balance.card === null);
  return (
    <div className={styles.balances} data-many={cards.length > 1 || undefined}>
      {cards.map((balance, at) => (
        <Card key={balance.unit} balance={balance} changes={changes} beside={at === 0 ? others : []} />
      ))}
      {cards.length === 0 && others.map((balance) => <Amount key={balance.unit} balance={balance} />)}
    </div>
  );
}

function Card({
  balance,
  changes,
  beside,
}: {
  readonly balance: BalanceView;
  readonly changes: readonly Change[];
  readonly beside: readonly BalanceView[];
}) {
  const { text } = useShopWords();
  const words = useWords();
  const shared = useShared();
  const format = useFormat();
  const { expiring } = useMessages().till.counter;
  const { card } = balance;
  if (!card) return null;
  const change = changes.find((one) => one.unit === balance.unit);
  // A card that has just filled up is shown full, not as the empty one that follows.
  const full = card.filled === 0 && card.openGifts > 0;
  const filled = full ? card.takes : card.filled;
  const takes = format.number(card.takes);
  const lost = balance.expiring[0];
  return (
    <section className={styles.card}>
      <header className={styles.head}>
        <h2 className={styles.name}>{text(balance.name)}</h2>
        <span className={styles.progress} data-test="stamps">
          {shared.cardProgress({
            filled: format.number(filled),
            takes,
            giftAt: card.giftIsLast ? card.takes + 1 : null,
          })}
        </span>
        {lost && <span className={styles.progress}>{expiringText(words, balance, expiring)}</span>}
        {beside.map((other) => (
          <strong key={other.unit} className={styles.beside} data-test={`balance-${other.unit}`}>
            {[amountOf(words, other.unit, other.amount), other.expiring[0] && expiringText(words, other, expiring)]
              .filter(Boolean)
              .join(' · ')}
          </strong>
        ))}
      </header>
      <StampCard
        takes={card.takes}
        giftIsLast={card.giftIsLast}
        picture={card.picture}
        filled={card.filled}
        openGifts={card.openGifts}
        newest={change?.kind === 'stamps' ? Math.max(0, change.gained) : 0}
        label={shared.stampCardLabel({ filled: format.number(filled), takes })}
      />
    </section>
  );
}

function Amount({ balance }: { readonly balance: BalanceView }) {
  const words = useWords();
  const { text, money } = useShopWords();
  const { expiring, carried } = useMessages().till.counter;
  return (
    <section className={styles.card}>
      <header className={styles.head}>
        <h2 className={styles.amount} data-test={`balance-${balance.unit}`}>
          {amountOf(words, balance.unit, balance.amount)}
        </h2>
        <span className={styles.progress}>{text(balance.name)}</span>
        <span className={styles.beside}>
          {balance.expiring[0]
            ? expiringText(words, balance, expiring)
            : balance.carried && carried({ left: money(balance.carried.per - balance.carried.remainder) })}
        </span>
      </header>
    </section>
  );
}

function expiringText(
  words: Words,
  balance: BalanceView,
  say: (p: { amount: string; day: string }) => string,
): string | null {
  const [soonest] = balance.expiring;
  return soonest
    ? say({ amount: amountOf(words, balance.unit, soonest.amount), day: words.format.day(soonest.expires) })
    : null;
}
