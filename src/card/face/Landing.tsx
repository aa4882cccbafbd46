import type { CardDocument } from '../../protocol/card/cardDocument.ts';
import { Icon } from '../../ui/Icon.tsx';
import type { Landed } from '../phone/newStamps.ts';
import { useWords } from '../words.ts';
import styles from './CardFace.module.css';

/** Says for a moment what has just been recorded, in sight wherever the page was scrolled to, and to screen readers. */
export function Landing({ card, landed }: { card: CardDocument; landed: Landed }) {
  const { messages, amount, text, format } = useWords(card);
  const parts = Object.entries(landed.units).map(([unit, n]) => messages.stamps.landed({ what: amount(unit, n) }));
  const names = landed.rewards.map((id) => text(card.program.rewards.find((reward) => reward.id === id)?.name ?? {}));
  if (names.length > 0) parts.push(messages.waiting.landed({ names: format.list(names) }));
  return (
    <div role="status" className={styles.landing}>
      {parts.length > 0 && (
        <p className={styles.landed} data-test="landed">
          <Icon name="check" size={22} />
          {parts.join(' · ')}
        </p>
      )}
    </div>
  );
}
