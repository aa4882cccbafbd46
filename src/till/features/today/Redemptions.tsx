import { Chip } from '../../../ui/Chip.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { useFormat } from '../../../ui/language.tsx';
import type { Today } from '../../till.ts';
import { useMessages, useShop } from '../app/context.tsx';
import { useWords } from '../app/useWords.ts';
import { rewardName } from '../app/words.ts';
import styles from './Today.module.css';

export function Redemptions({ today }: { readonly today: Today }) {
  const { program, business, staff } = useShop();
  const words = useWords();
  const format = useFormat();
  const { today: say, counter } = useMessages().till;
  return (
    <section className={styles.list}>
      <h2>{say.redemptions}</h2>
      {today.redemptions.length === 0 && <p className={styles.quiet}>{say.noRedemptions}</p>}
      <ul>
        {today.redemptions.map((line) => {
          const person = staff.find((one) => one.id === line.staff)?.name;
          const till = today.tills.find((one) => one.device === line.device)?.name;
          const picture = program.rewards.find((reward) => reward.id === line.reward)?.picture ?? 'gift';
          return (
            <li key={line.event} className={styles.line} data-undone={line.undone || undefined}>
              <Icon name={picture} size={24} />
              <span className={styles.words}>
                <span className={styles.what}>{rewardName(words, line.reward)}</span>
                <span className={styles.quiet}>
                  {[
                    format.time(line.at, business.timeZone),
                    line.member === null ? counter.noCard : (line.name ?? counter.unnamed),
                    person,
                    till,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              {line.undone && <Chip size="s">{say.undone}</Chip>}
              {line.flagged && (
                <Chip size="s" tone="warn" icon="alert">
                  {say.flagged}
                </Chip>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
