import { useState } from 'react';
import type { OfficeTill, OwnerCodeAnswer } from '../../protocol/office/officeApi.ts';
import { Button } from '../../ui/Button.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { ask } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { ProblemLine } from '../app/Faces.tsx';
import { useSave } from '../app/useSave.ts';
import styles from './OwnerCode.module.css';

/** A code to read out on the phone, in two groups of four. */
export function OwnerCode({ till, onClose }: { readonly till: OfficeTill; readonly onClose: () => void }) {
  const { text } = useOffice();
  const say = text.tills.code;
  const [code, setCode] = useState<string | null>(null);
  const save = useSave();
  const show = async () => {
    if (save.busy) return;
    const answer = await save.run(() => ask<OwnerCodeAnswer>('POST', `tills/${till.id}/code`, {}));
    if (answer) setCode(answer.code);
  };
  return (
    <Sheet
      title={say.title({ till: till.name })}
      isOpen
      onClose={onClose}
      footer={
        <div className={styles.right}>
          <Button onPress={onClose}>{text.common.close}</Button>
          {/* Not disabled meanwhile: that would take the focus out of the sheet, and Esc with it. */}
          <Button kind={code === null ? 'main' : 'quiet'} onPress={() => void show()}>
            {code === null ? say.get : say.another}
          </Button>
        </div>
      }
    >
      <p>{say.lead}</p>
      {code !== null && (
        <p className={styles.code} role="status" data-test="code">
          {code.slice(0, 4)} {code.slice(4)}
        </p>
      )}
      <ProblemLine problem={save.problem} />
    </Sheet>
  );
}
