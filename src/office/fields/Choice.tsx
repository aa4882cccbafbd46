import type { ReactNode } from 'react';
import { useId } from 'react';
import { classes } from '../../ui/classes.ts';
import styles from './Choice.module.css';

interface ChoiceProps<V extends string> {
  readonly label: string;
  /** The label is said, not shown: the page's title says it already. */
  readonly hideLabel?: boolean;
  readonly value: V | null;
  readonly onChange: (value: V) => void;
  readonly options: readonly { readonly value: V; readonly label: ReactNode; readonly says?: string }[];
  /** `chips` in a row, `cards` as large tiles, `swatches` round. */
  readonly look: 'chips' | 'cards' | 'swatches';
}

/** One of a few, all in sight. */
export function Choice<V extends string>({ label, hideLabel, value, onChange, options, look }: ChoiceProps<V>) {
  const id = useId();
  return (
    <fieldset className={styles.set}>
      <legend className={hideLabel ? 'spoken' : styles.legend}>{label}</legend>
      <div className={classes(styles.options, styles[look])}>
        {options.map((option) => (
          <label key={option.value} className={styles.option}>
            <input
              type="radio"
              name={id}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              aria-label={option.says}
            />
            <span className={styles.face}>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
