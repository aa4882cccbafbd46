import { useState } from 'react';
import type { OfficeException } from '../../protocol/office/officeApi.ts';
import { Button } from '../../ui/Button.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ask } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { ProblemLine } from '../app/Faces.tsx';
import { useSave } from '../app/useSave.ts';
import { Check } from '../fields/Check.tsx';
import styles from './Today.module.css';

interface CloseExceptionProps {
  readonly exception: OfficeException;
  readonly onClose: () => void;
  readonly onClosed: () => void;
}

/** "Seen", with a note for later; where it counts for a customer, it can be lifted here. */
export function CloseException({ exception, onClose, onClosed }: CloseExceptionProps) {
  const { text } = useOffice();
  const say = text.today.close;
  const isBarred = exception.standing !== 'free';
  const [note, setNote] = useState('');
  const [lift, setLift] = useState(isBarred);
  const save = useSave();
  const submit = async () => {
    const done = await save.run(() => ask('POST', 'exceptions/close', { id: exception.id, note: note.trim(), lift }));
    if (done) onClosed();
  };
  return (
    <Sheet
      title={text.flags[exception.kind]}
      isOpen
      onClose={onClose}
      data-test="close-exception"
      footer={
        <div className={styles.right}>
          <Button onPress={onClose}>{text.common.cancel}</Button>
          <Button kind="main" isBusy={save.busy} onPress={() => void submit()} data-test="seen">
            {say.seen}
          </Button>
        </div>
      }
    >
      <div className={styles.form}>
        <p>{say.lead}</p>
        <TextField label={say.note} value={note} onChange={setNote} maxLength={500} placeholder={say.placeholder} />
        {exception.toward === 'member' && (
          <Check label={say.lift} hint={isBarred ? say.barred : say.liftHint} value={lift} onChange={setLift} />
        )}
        {save.problem && <ProblemLine problem={save.problem} />}
      </div>
    </Sheet>
  );
}
