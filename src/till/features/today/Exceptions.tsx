import { Icon } from '../../../ui/Icon.tsx';
import { useFormat } from '../../../ui/language.tsx';
import type { Today } from '../../till.ts';
import { useMessages, useShop, useShopWords } from '../app/context.tsx';
import { useWords } from '../app/useWords.ts';
import { rewardName } from '../app/words.ts';
import styles from './Today.module.css';

/** What the owner must look at, with till, person and cost. */
export function Exceptions({ today }: { readonly today: Today }) {
  const { business, staff } = useShop();
  const { money } = useShopWords();
  const words = useWords();
  const format = useFormat();
  const { today: say, exceptions: kinds } = useMessages().till;
  const open = today.exceptions.filter((exception) => !exception.closed);
  return (
    <section className={styles.list}>
      <h2>{say.exceptions}</h2>
      {open.length === 0 && <p className={styles.quiet}>{say.noExceptions}</p>}
      {today.exceptionCost > 0 && (
        <p className={styles.cost}>{say.exceptionCost({ amount: money(today.exceptionCost) })}</p>
      )}
      <ul>
        {open.map((exception) => (
          <li key={exception.id} className={styles.line}>
            <Icon name="alert" size={24} />
            <span className={styles.words}>
              <span className={styles.what}>{kinds[exception.kind]}</span>
              <span className={styles.quiet}>
                {[
                  exception.reward && rewardName(words, exception.reward),
                  format.time(exception.at, business.timeZone),
                  today.tills.find((till) => till.device === exception.device)?.name,
                  staff.find((one) => one.id === exception.staff)?.name,
                  exception.cost > 0 && money(exception.cost),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
