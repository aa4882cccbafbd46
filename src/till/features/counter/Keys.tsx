import type { ReactNode } from 'react';
import { Button } from '../../../ui/Button.tsx';
import styles from './Keys.module.css';

export interface KeysProps {
  readonly onDigit: (digit: string) => void;
  readonly onBackspace: () => void;
  readonly backspaceLabel: string;
  readonly isDisabled?: boolean;
  /** What stands in the last corner: the way on. */
  readonly corner: ReactNode;
}

/** Twelve keys for digits, laid out as on a phone. */
export function Keys({ onDigit, onBackspace, backspaceLabel, isDisabled = false, corner }: KeysProps) {
  const digit = (of: string) => (
    <Button key={of} className={styles.key} onPress={() => onDigit(of)} isDisabled={isDisabled} data-test={`key-${of}`}>
      {of}
    </Button>
  );
  return (
    <div className={styles.keys}>
      {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(digit)}
      <Button
        icon="backspace"
        label={backspaceLabel}
        className={styles.key}
        onPress={onBackspace}
        isDisabled={isDisabled}
      />
      {digit('0')}
      {corner}
    </div>
  );
}
