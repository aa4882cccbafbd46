import styles from './Spinner.module.css';

export function Spinner({ label, size = 32 }: { readonly label: string; readonly size?: number }) {
  return (
    <svg className={styles.spinner} width={size} height={size} viewBox="0 0 32 32" role="img" aria-label={label}>
      <circle className={styles.track} cx="16" cy="16" r="13" />
      <path className={styles.arc} d="M16 3a13 13 0 0 1 13 13" />
    </svg>
  );
}
