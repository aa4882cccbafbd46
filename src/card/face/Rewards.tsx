import type { MemberView, RewardView } from '../../loyalty/views.ts';
import type { CardDocument } from '../../protocol/card/cardDocument.ts';
import { RewardRow } from '../../ui/RewardRow.tsx';
import { useWords } from '../words.ts';
import styles from './panel.module.css';

/** What the balance pays now, and what is near. Gifts of stamp cards are told by the drawn cards already. */
export function Rewards({ card, view }: { card: CardDocument; view: MemberView }) {
  const { messages, text, amount, format } = useWords(card);
  const have = view.available.filter((reward) => reward.cost !== null);
  const near = view.near.filter((reward) => reward.cost !== null);
  if (have.length === 0 && near.length === 0) return null;
  const detail = (reward: RewardView) =>
    [
      reward.cost && amount(reward.cost.unit, reward.cost.amount),
      reward.details && text(reward.details),
      reward.onlineOnly && messages.rewards.onlineOnly,
    ]
      .filter(Boolean)
      .join(' · ');
  return (
    <section className={styles.panel}>
      <header className={styles.head}>
        <h2 className={styles.title}>{messages.rewards.title}</h2>
        {have.length > 0 && <p className={styles.side}>{messages.rewards.have}</p>}
      </header>
      <div className={styles.stack}>
        {have.map((reward) => (
          <RewardRow
            key={reward.reward}
            className={styles.reward}
            icon={reward.picture}
            name={text(reward.name)}
            detail={detail(reward)}
          />
        ))}
        {near.map(({ reward, name, picture, progress }) => (
          <RewardRow
            key={reward}
            className={styles.reward}
            icon={picture}
            name={text(name)}
            detail={
              progress
                ? messages.rewards.near({ what: amount(progress.unit, progress.need - progress.have) })
                : undefined
            }
            progress={
              progress
                ? {
                    ...progress,
                    label: messages.rewards.progress({
                      name: text(name),
                      have: format.number(progress.have),
                      need: format.number(progress.need),
                    }),
                  }
                : undefined
            }
          />
        ))}
      </div>
    </section>
  );
}
