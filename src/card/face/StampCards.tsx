import type { BalanceView } from '../../loyalty/views.ts';
import type { CardDocument } from '../../protocol/card/cardDocument.ts';
import { StampCard } from '../../ui/StampCard.tsx';
import type { Landed } from '../phone/newStamps.ts';
import { useWords } from '../words.ts';
import styles from './panel.module.css';

/** Each stamp card, drawn; what has just come glows once. */
export function StampCards({
  card,
  balances,
  landed,
}: {
  card: CardDocument;
  balances: readonly BalanceView[];
  landed: Landed;
}) {
  const { messages, text } = useWords(card);
  return balances.map(({ unit, name, card: stamps }) => {
    if (!stamps) return null;
    const full = stamps.filled === 0 && stamps.openGifts > 0;
    const slots = stamps.takes + (stamps.giftIsLast ? 1 : 0);
    // A stamp that filled the card has turned into its gift: the card is drawn full, and its last stamp is the new one.
    const newest = landed.units[unit] ?? (full && landed.rewards.length > 0 ? 1 : 0);
    const filled = full ? stamps.takes : stamps.filled;
    return (
      <section key={unit} className={styles.panel} data-test={`stamps-${unit}`} data-filled={filled}>
        <header className={styles.head}>
          <h2 className={styles.title}>{text(name)}</h2>
          <p className={styles.side}>
            {full ? messages.stamps.full : messages.stamps.left({ n: stamps.takes - filled })}
          </p>
        </header>
        <StampCard
          {...stamps}
          newest={newest}
          columns={slots <= 6 ? slots : slots === 8 || slots === 7 ? 4 : slots > 12 ? 6 : 5}
          label={messages.stamps.label({ name: text(name), filled, of: slots })}
        />
      </section>
    );
  });
}
