import type { StaffRole } from '../../protocol/office/officeRules.ts';
import { PIN_DIGITS, pinProblem } from '../../protocol/office/officeRules.ts';
import { TextField } from '../../ui/TextField.tsx';
import { useOffice } from '../app/context.ts';

interface PinFieldProps {
  readonly label: string;
  readonly role: StaffRole;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoFocus?: boolean;
}

/** A PIN while it is chosen: shown, since the person beside the owner has to see it once. */
export function PinField({ label, role, value, onChange, autoFocus = false }: PinFieldProps) {
  const { text } = useOffice();
  const digits = PIN_DIGITS[role];
  const obvious = value.length === digits && pinProblem(value, role) === 'obvious';
  return (
    <TextField
      label={label}
      value={value}
      onChange={(next) => onChange(next.replaceAll(/\D/g, '').slice(0, digits))}
      inputMode="numeric"
      autoComplete="off"
      maxLength={digits}
      big
      autoFocus={autoFocus}
      hint={text.staff.pinHint({ digits })}
      error={obvious ? text.errors.pinObvious : null}
    />
  );
}
