import { Bar } from '../../../ui/Bar.tsx';
import { Spinner } from '../../../ui/Spinner.tsx';
import { useFormat } from '../../../ui/language.tsx';
import { useDesk, useMessages, useObserved } from '../app/context.tsx';
import styles from './Start.module.css';

/** While the store opens, and while the first members arrive. */
export function Opening() {
  const { till } = useDesk();
  const messages = useMessages().till;
  const format = useFormat();
  const bootstrap = useObserved(till.status, (status) => status.bootstrap);
  return (
    <main className={styles.opening}>
      <Spinner label={messages.start.opening} size={48} />
      <p className={styles.quiet} role="status">
        {bootstrap && bootstrap.total > 0
          ? messages.status.loading({ done: format.number(bootstrap.done), total: format.number(bootstrap.total) })
          : messages.start.opening}
      </p>
      {bootstrap && bootstrap.total > 0 && (
        <Bar
          have={bootstrap.done}
          need={bootstrap.total}
          label={format.percent(bootstrap.done, bootstrap.total)}
          className={styles.progress}
        />
      )}
    </main>
  );
}
