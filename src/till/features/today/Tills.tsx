import { useFormat } from '../../../ui/language.tsx';
import type { Today } from '../../till.ts';
import { useMessages } from '../app/context.tsx';
import styles from './Today.module.css';

export function Tills({ today }: { readonly today: Today }) {
  const format = useFormat();
  const { today: say, status } = useMessages().till;
  return (
    <section className={styles.list}>
      <h2>{say.tills}</h2>
      <ul>
        {today.tills.map((till) => (
          <li key={till.device} className={styles.line}>
            <span className={styles.words}>
              <span className={styles.what}>{till.name}</span>
              {till.own && <span className={styles.quiet}>{say.thisTill}</span>}
            </span>
            <span>{status.rewards({ n: format.number(till.redemptions) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
