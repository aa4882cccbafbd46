import { useState } from 'react';
import { PIN_DIGITS, pinProblem } from '../../protocol/office/officeRules.ts';
import type { StaffRole } from '../../protocol/office/officeRules.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ask } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { ProblemLine } from '../app/Faces.tsx';
import { useSave } from '../app/useSave.ts';
import { PinField } from '../fields/PinField.tsx';
import { RoleChoice } from './RoleChoice.tsx';
import styles from './Staff.module.css';

interface StaffFormProps {
  readonly firstRole: StaffRole;
  readonly firstName: string;
  readonly onAdded: () => Promise<void>;
}

/** A new person with role and PIN. */
export function StaffForm({ firstRole, firstName, onAdded }: StaffFormProps) {
  const { text } = useOffice();
  const [name, setName] = useState(firstName);
  const [role, setRole] = useState<StaffRole>(firstRole);
  const [pin, setPin] = useState('');
  const save = useSave();
  const ready = name.trim() !== '' && pinProblem(pin, role) === null;
  const submit = async () => {
    const done = await save.run(() => ask('POST', 'staff', { name, role, pin }));
    if (done) await onAdded();
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void submit();
      }}
    >
      <TextField label={text.staff.name} value={name} onChange={setName} maxLength={80} autoCapitalize="words" />
      <RoleChoice
        value={role}
        onChange={(next) => {
          setRole(next);
          setPin(pin.slice(0, PIN_DIGITS[next]));
        }}
      />
      <PinField label={text.staff.pin} role={role} value={pin} onChange={setPin} />
      <ProblemLine problem={save.problem} pinDigits={PIN_DIGITS[role]} />
      <div className={styles.right}>
        <Button kind="tint" size="l" type="submit" icon="plus" isBusy={save.busy} isDisabled={!ready}>
          {text.common.add}
        </Button>
      </div>
    </form>
  );
}
