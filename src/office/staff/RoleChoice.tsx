import type { StaffRole } from '../../protocol/office/officeRules.ts';
import { useOffice } from '../app/context.ts';
import { Choice } from '../fields/Choice.tsx';
import styles from './Staff.module.css';

interface RoleChoiceProps {
  readonly value: StaffRole;
  readonly onChange: (value: StaffRole) => void;
}

export function RoleChoice({ value, onChange }: RoleChoiceProps) {
  const { text } = useOffice();
  return (
    <Choice
      label={text.staff.role}
      look="cards"
      value={value}
      onChange={onChange}
      options={(['staff', 'manager', 'owner'] as const).map((role) => ({
        value: role,
        label: (
          <span>
            <strong className={styles.roleName}>{text.staff.roles[role]}</strong>
            <span className={styles.roleText}>{text.staff.roleTexts[role]}</span>
          </span>
        ),
      }))}
    />
  );
}
