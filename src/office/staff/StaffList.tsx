import { useState } from 'react';
import type { OfficeStaff } from '../../protocol/office.ts';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { ask } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { DoneLine, ProblemLine } from '../app/Faces.tsx';
import { useSave } from '../app/useSave.ts';
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
  const save = useSave();
  const deactivate = async (person: OfficeStaff) => {
    const done = await save.run(() => ask('PATCH', `staff/${person.id}`, { active: false }));
    if (!done) return;
    setSaid(text.staff.deactivated({ name: person.name }));
    await onChanged();
  };
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
              {person.active ? (
                <>
                  <Button icon="edit" onPress={() => setEditing(person)}>
                    {text.common.edit}
                  </Button>
                  <Button onPress={() => void deactivate(person)} isDisabled={save.busy}>
                    {text.staff.deactivate}
                  </Button>
                </>
              ) : (
                <Button onPress={() => setEditing(person)}>{text.staff.activate}</Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      <ProblemLine problem={save.problem} />
      {said && <DoneLine>{said}</DoneLine>}
      {editing && (
        <StaffSheet
          person={editing}
          onClose={() => setEditing(null)}
          onSaved={async () => {
            setSaid(text.common.saved);
            setEditing(null);
            await onChanged();
          }}
        />
      )}
    </>
  );
}
