import { useId } from 'react';
import styles from './Check.module.css';

interface CheckProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

/** Yes or no, with its whole line to press on. */
export function Check({ label, hint, value, onChange }: CheckProps) {
  const id = useId();
  return (
    <label className={styles.line}>
      <input
        type="checkbox"
        checked={value}
        onChange={(event) => onChange(event.target.checked)}
        aria-describedby={hint ? id : undefined}
      />
      <span>
        {label}
        {hint && (
          <span id={id} className={styles.hint}>
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}
