import { useState } from 'react';
import type { OfficeStaff } from '../../protocol/office/officeApi.ts';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { useOffice } from '../app/context.ts';
import { DoneLine } from '../app/Faces.tsx';
import { initialsOf } from './initialsOf.ts';
import { StaffSheet } from './StaffSheet.tsx';
import styles from './Staff.module.css';

interface StaffListProps {
  readonly staff: readonly OfficeStaff[];
  readonly onChanged: () => Promise<void>;
}

/** Everybody of one group, with what can be done. */
export function StaffList({ staff, onChanged }: StaffListProps) {
  const { text } = useOffice();
  const [editing, setEditing] = useState<OfficeStaff | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  return (
    <>
      <ul className={styles.list}>
        {staff.map((person) => (
          <li key={person.id} className={classes(styles.person, !person.active && styles.off)}>
            <span className={styles.initials} aria-hidden="true">
              {initialsOf(person.name)}
            </span>
            <span className={styles.who}>
              <strong>{person.name}</strong>
              <span>
                {text.staff.roles[person.role]}
                {!person.active && ` · ${text.staff.inactive}`}
              </span>
            </span>
            <span className={styles.doing}>
              <Button {...(person.active ? { icon: 'edit' as const } : {})} onPress={() => setEditing(person)}>
                {person.active ? text.common.edit : text.staff.activate}
                <span className="spoken">: {person.name}</span>
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {said && <DoneLine>{said}</DoneLine>}
      {editing && (
        <StaffSheet
          person={editing}
          onClose={() => setEditing(null)}
          onSaved={async (said) => {
            setSaid(said);
            setEditing(null);
            await onChanged();
          }}
        />
      )}
    </>
  );
}
