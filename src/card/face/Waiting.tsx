import type { RewardView } from '../../loyalty/views.ts';
import type { CardDocument } from '../../protocol/card/cardDocument.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useWords } from '../words.ts';
import styles from './Waiting.module.css';

/** What waits for the customer: vouchers, one line for those that are alike. */
export function Waiting({ card, rewards }: { card: CardDocument; rewards: readonly RewardView[] }) {
  const words = useWords(card);
  const { messages, format, text } = words;
  return (
    <ul className={styles.list} aria-label={messages.waiting.title}>
      {grouped(rewards).map(({ reward, n }) => (
        <li key={`${reward.reward}/${reward.expires}`} className={styles.item} data-test="waiting">
          <Icon name={reward.picture} size={30} />
          <div>
            <p className={styles.name}>
              {n === 1 ? text(reward.name) : messages.waiting.several({ name: text(reward.name), n })}
            </p>
            <p className={styles.detail}>
              {reward.expires === null
                ? messages.waiting.show
                : messages.waiting.until({ until: format.untilDay(reward.expires) })}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

function grouped(rewards: readonly RewardView[]): readonly { readonly reward: RewardView; readonly n: number }[] {
  const groups = new Map<string, { reward: RewardView; n: number }>();
  for (const reward of rewards) {
    const key = `${reward.reward}/${reward.expires}`;
    groups.set(key, { reward, n: (groups.get(key)?.n ?? 0) + 1 });
  }
  return [...groups.values()];
}
