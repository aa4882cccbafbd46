import { useState } from 'react';
import type { OfficeStaff } from '../../protocol/office/officeApi.ts';
import { PIN_DIGITS, pinProblem } from '../../protocol/office/officeRules.ts';
import type { StaffRole } from '../../protocol/office/officeRules.ts';
import { Button } from '../../ui/Button.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ask } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { ProblemLine } from '../app/Faces.tsx';
import { useSave } from '../app/useSave.ts';
import { PinField } from '../fields/PinField.tsx';
import { RoleChoice } from './RoleChoice.tsx';
import styles from './Staff.module.css';

interface StaffSheetProps {
  readonly person: OfficeStaff;
  readonly onClose: () => void;
  /** With what to say. */
  readonly onSaved: (said: string) => Promise<void>;
}

/** Name, role and PIN of one person; who comes back, or gets a longer PIN, needs a new one. */
export function StaffSheet({ person, onClose, onSaved }: StaffSheetProps) {
  const { text } = useOffice();
  const [name, setName] = useState(person.name);
  const [role, setRole] = useState<StaffRole>(person.role);
  const [pin, setPin] = useState('');
  const save = useSave();
  const pinNeeded = !person.active || PIN_DIGITS[role] !== PIN_DIGITS[person.role];
  const pinFine = pin === '' ? !pinNeeded : pinProblem(pin, role) === null;
  const submit = async () => {
    const change = { name, role, active: true, ...(pin === '' ? {} : { pin }) };
    const done = await save.run(() => ask('PATCH', `staff/${person.id}`, change));
    if (done) await onSaved(pin === '' ? text.common.saved : text.staff.pinChanged);
  };
  const deactivate = async () => {
    const done = await save.run(() => ask('PATCH', `staff/${person.id}`, { active: false }));
    if (done) await onSaved(text.staff.deactivated({ name: person.name }));
  };
  return (
    <Sheet
      title={person.name}
      isOpen
      onClose={onClose}
      footer={
        <div className={styles.right}>
          <Button onPress={onClose}>{text.common.cancel}</Button>
          <Button
            kind="main"
            isBusy={save.busy}
            isDisabled={!pinFine || name.trim() === ''}
            onPress={() => void submit()}
          >
            {text.common.save}
          </Button>
        </div>
      }
    >
      <div className={styles.form}>
        <TextField label={text.staff.name} value={name} onChange={setName} maxLength={80} autoCapitalize="words" />
        <RoleChoice
          value={role}
          onChange={(next) => {
            setRole(next);
            setPin(pin.slice(0, PIN_DIGITS[next]));
          }}
        />
        <PinField
          label={pinNeeded ? text.staff.newPin : `${text.staff.newPin} (${text.common.optional})`}
          role={role}
          value={pin}
          onChange={setPin}
        />
        <ProblemLine problem={save.problem} pinDigits={PIN_DIGITS[role]} />
        {person.active && (
          <div>
            <Button kind="danger" isBusy={save.busy} onPress={() => void deactivate()}>
              {text.staff.deactivate}
            </Button>
          </div>
        )}
      </div>
    </Sheet>
  );
}
