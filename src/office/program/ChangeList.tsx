import { useOffice } from '../app/context.ts';
import type { Change } from './changes.ts';
import styles from './ChangeList.module.css';

/** Before and from now on, line by line. */
export function ChangeList({ changes }: { readonly changes: readonly Change[] }) {
  const { text } = useOffice();
  const say = text.program.diff;
  return (
    <ul className={styles.list}>
      {changes.map((change) => (
        <li key={`${change.what}/${change.from}/${change.to}`} className={styles.line}>
          <span className={styles.what}>{change.what}</span>
          {change.from === null ? (
            <em className={styles.mark}>{say.added}</em>
          ) : (
            <span className={styles.from}>
              <span className="spoken">{say.from}</span>
              <del>{change.from}</del>
            </span>
          )}
          {change.to === null ? (
            <em className={styles.mark}>{say.removed}</em>
          ) : (
            <strong className={styles.to}>
              <span className="spoken">{say.to}</span>
              {change.to}
            </strong>
          )}
        </li>
      ))}
    </ul>
  );
}
