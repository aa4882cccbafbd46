import { Button } from 'react-aria-components/Button';
import { FieldError } from 'react-aria-components/FieldError';
import { Group } from 'react-aria-components/Group';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { NumberField as AriaNumberField } from 'react-aria-components/NumberField';
import { Text } from 'react-aria-components/Text';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';
import styles from './Field.module.css';

export interface NumberFieldProps {
  readonly label: string;
  /** `null`: empty. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly hint?: string;
  readonly error?: string | null | undefined;
  /** What is counted, shown behind the number (`Ft`, `h`). */
  readonly suffix?: string;
  readonly isDisabled?: boolean;
  readonly className?: string | undefined;
}

/** A number with big steps for the thumb; typed numbers are read as the language writes them. */
export function NumberField({
  label,
  value,
  onChange,
  min,
  max,
  step = 1,
  hint,
  error,
  suffix,
  isDisabled = false,
  className,
}: NumberFieldProps) {
  return (
    <AriaNumberField
      value={value ?? Number.NaN}
      onChange={(next) => onChange(Number.isNaN(next) ? null : next)}
      {...(min === undefined ? {} : { minValue: min })}
      {...(max === undefined ? {} : { maxValue: max })}
      step={step}
      isDisabled={isDisabled}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={classes(styles.field, className)}
    >
      <Label className={styles.label}>{label}</Label>
      <Group className={styles.group ?? ''}>
        <Button slot="decrement" className={styles.step ?? ''}>
          <Icon name="minus" size={20} />
        </Button>
        <Input className={styles.input ?? ''} />
        {suffix && <span className={styles.suffix}>{suffix}</span>}
        <Button slot="increment" className={styles.step ?? ''}>
          <Icon name="plus" size={20} />
        </Button>
      </Group>
      {hint && !error && (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      )}
      <FieldError className={styles.error ?? ''}>{error ?? null}</FieldError>
    </AriaNumberField>
  );
}
