import { useState } from 'react';
import { Button, type ButtonProps } from '../../../ui/Button.tsx';
import { useDesk, useMessages } from '../app/context.tsx';
import type { JournalFile } from '../../till.ts';
import { saveFile } from './saveFile.ts';

interface SaveJournalProps {
  readonly kind?: ButtonProps['kind'];
  readonly size?: ButtonProps['size'];
  readonly onSaved?: (file: JournalFile) => void;
}

/** Gives out everything recorded here as a file, wherever the till cannot go on by itself. */
export function SaveJournal({ kind = 'quiet', size = 'l', onSaved }: SaveJournalProps) {
  const { till } = useDesk();
  const say = useMessages().till.journal;
  const [state, setState] = useState<'idle' | 'writing' | 'saved' | 'nothing'>('idle');
  const save = async () => {
    setState('writing');
    const file = await till.exportJournal();
    setState(file === null ? 'nothing' : 'saved');
    if (file === null) return;
    saveFile(file.name, file.text);
    onSaved?.(file);
  };
  return (
    <Button
      kind={kind}
      size={size}
      icon={state === 'saved' ? 'check' : 'download'}
      isDisabled={state === 'writing' || state === 'nothing'}
      onPress={() => void save()}
      data-test="save-journal"
    >
      {state === 'nothing' ? say.nothing : state === 'saved' ? say.saved : say.save}
    </Button>
  );
}
