import { useState } from 'react';
import type { OfficeTill } from '../../protocol/office/officeApi.ts';
import { Button } from '../../ui/Button.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ask } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { ProblemLine } from '../app/Faces.tsx';
import { useSave } from '../app/useSave.ts';
import styles from './Tills.module.css';

interface SheetProps {
  readonly till: OfficeTill;
  readonly onClose: () => void;
  readonly onChanged: () => Promise<void>;
}

export function RenameTill({ till, onClose, onChanged }: SheetProps) {
  const { text } = useOffice();
  const [name, setName] = useState(till.name);
  const save = useSave();
  const submit = async () => {
    const done = await save.run(() => ask('PATCH', `tills/${till.id}`, { name }));
    if (!done) return;
    onClose();
    await onChanged();
  };
  return (
    <Sheet
      title={text.tills.rename}
      isOpen
      onClose={onClose}
      size="narrow"
      footer={
        <Button kind="main" isBusy={save.busy} isDisabled={name.trim() === ''} onPress={() => void submit()}>
          {text.common.save}
        </Button>
      }
    >
      <TextField label={text.tills.name} value={name} onChange={setName} maxLength={80} autoFocus />
      <ProblemLine problem={save.problem} />
    </Sheet>
  );
}

/** Cannot be undone (the tablet deletes its data), so it asks. */
export function RevokeTill({ till, onClose, onChanged }: SheetProps) {
  const { text } = useOffice();
  const save = useSave();
  const submit = async () => {
    const done = await save.run(() => ask('POST', `tills/${till.id}/revoke`, {}));
    if (!done) return;
    onClose();
    await onChanged();
  };
  return (
    <Sheet
      title={text.tills.revokeTitle({ name: till.name })}
      isOpen
      onClose={onClose}
      role="alertdialog"
      footer={
        <div className={styles.foot}>
          <Button onPress={onClose}>{text.common.cancel}</Button>
          <Button kind="danger" icon="lock" isBusy={save.busy} onPress={() => void submit()}>
            {text.tills.revoke}
          </Button>
        </div>
      }
    >
      <p>{text.tills.revokeText}</p>
      <ProblemLine problem={save.problem} />
    </Sheet>
  );
}
