import type { BalanceView, MemberView } from '../../../loyalty/views.ts';
import { StampCard } from '../../../ui/StampCard.tsx';
import { useFormat, useShared } from '../../../ui/language.tsx';
import { useMessages, useShopWords } from '../app/context.tsx';
import { useNow } from '../app/useNow.ts';
import { useWords } from '../app/useWords.ts';
import { amountOf } from '../app/words.ts';
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
  const expiring = useExpiring();
  const { card } = balance;
  if (!card) return null;
  const change = changes.find((one) => one.unit === balance.unit);
  // A card that has just filled up is shown full, not as the empty one that follows.
  const full = card.filled === 0 && card.openGifts > 0;
  const filled = full ? card.takes : card.filled;
  const takes = format.number(card.takes);
  const lost = expiring(balance);
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
        {lost && <span className={styles.progress}>{lost}</span>}
        {beside.map((other) => (
          <strong key={other.unit} className={styles.beside} data-test={`balance-${other.unit}`}>
            {[amountOf(words, other.unit, other.amount), expiring(other)].filter(Boolean).join(' · ')}
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
  const { carried } = useMessages().till.counter;
  const expiring = useExpiring();
  return (
    <section className={styles.card}>
      <header className={styles.head}>
        <h2 className={styles.amount} data-test={`balance-${balance.unit}`}>
          {amountOf(words, balance.unit, balance.amount)}
        </h2>
        <span className={styles.progress}>{text(balance.name)}</span>
        <span className={styles.beside}>
          {expiring(balance) ??
            (balance.carried && carried({ left: money(balance.carried.per - balance.carried.remainder) }))}
        </span>
      </header>
    </section>
  );
}

/** What ends later than this is no news at the counter. */
const SOON_DAYS = 60;

/** "30 points expire 30 Nov", where that is soon; null otherwise. */
function useExpiring(): (balance: BalanceView) => string | null {
  const words = useWords();
  const { expiring: say } = useMessages().till.counter;
  const limit = new Date(useNow(3_600_000) + SOON_DAYS * 86_400_000).toISOString().slice(0, 10);
  return (balance) => {
    const [soonest] = balance.expiring;
    if (!soonest || soonest.expires > limit) return null;
    return say({ amount: amountOf(words, balance.unit, soonest.amount), day: words.format.day(soonest.expires) });
  };
}
