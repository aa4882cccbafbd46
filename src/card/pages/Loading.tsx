import { Spinner } from '../../ui/Spinner.tsx';
import { useMessages } from '../words.ts';
import styles from './pages.module.css';

export function Loading() {
  const messages = useMessages();
  return (
    <main className={styles.message}>
      <Spinner label={messages.loading} />
    </main>
  );
}
