import { useState } from 'react';
import type { OfficeMember } from '../../protocol/office/officeApi.ts';
import { Button } from '../../ui/Button.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ask } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { ProblemLine } from '../app/Faces.tsx';
import { useSave } from '../app/useSave.ts';
import styles from './Members.module.css';

interface EraseSheetProps {
  readonly member: OfficeMember;
  readonly onClose: () => void;
  readonly onErased: () => Promise<void>;
}

/** Nothing brings a member back, so it is confirmed by typing their name, or a word where they have none. */
export function EraseSheet({ member, onClose, onErased }: EraseSheetProps) {
  const { text } = useOffice();
  const say = text.members;
  const [typed, setTyped] = useState('');
  const save = useSave();
  const word = member.name ?? say.word;
  const isRight = typed.trim().toLocaleLowerCase() === word.trim().toLocaleLowerCase();
  const erase = async () => {
    const done = await save.run(() => ask('POST', `members/${encodeURIComponent(member.id)}/erase`, {}));
    if (done) await onErased();
  };
  return (
    <Sheet
      title={say.eraseTitle({ name: member.name ?? say.nameless })}
      isOpen
      onClose={onClose}
      role="alertdialog"
      footer={
        <div className={styles.right}>
          <Button onPress={onClose}>{text.common.cancel}</Button>
          <Button
            kind="danger"
            isBusy={save.busy}
            isDisabled={!isRight}
            onPress={() => void erase()}
            data-test="erase-now"
          >
            {say.eraseNow}
          </Button>
        </div>
      }
    >
      <div className={styles.form}>
        <ul className={styles.points}>
          {say.what.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <TextField label={say.typeToErase({ word })} value={typed} onChange={setTyped} autoComplete="off" />
        <ProblemLine problem={save.problem} />
      </div>
    </Sheet>
  );
}
