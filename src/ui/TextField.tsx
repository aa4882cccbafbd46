import type { HTMLInputAutoCompleteAttribute } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import { classes } from './classes.ts';
import styles from './Field.module.css';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  /** A sentence that says what is wrong; nothing is wrong while it is null or absent. */
  readonly error?: string | null | undefined;
  readonly placeholder?: string;
  readonly type?: 'text' | 'tel' | 'email' | 'password' | 'url' | 'search' | 'date' | 'time' | 'color';
  readonly inputMode?: 'decimal' | 'email' | 'numeric' | 'search' | 'tel' | 'text' | 'url';
  readonly autoComplete?: HTMLInputAutoCompleteAttribute;
  readonly autoCapitalize?: 'off' | 'characters' | 'words' | 'sentences';
  readonly maxLength?: number;
  readonly name?: string;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  /** Codes and numbers that are read aloud across a counter. */
  readonly big?: boolean;
  readonly className?: string | undefined;
}

export function TextField({
  label,
  hint,
  error,
  placeholder,
  autoCapitalize,
  big,
  className,
  ...rest
}: TextFieldProps) {
  return (
    <AriaTextField
      {...rest}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={classes(styles.field, big && styles.big, className)}
    >
      <Label className={styles.label}>{label}</Label>
      <Input
        className={styles.input ?? ''}
        spellCheck={false}
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(autoCapitalize === undefined ? {} : { autoCapitalize })}
      />
      {hint && !error && (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      )}
      <FieldError className={styles.error ?? ''}>{error ?? null}</FieldError>
    </AriaTextField>
  );
}
