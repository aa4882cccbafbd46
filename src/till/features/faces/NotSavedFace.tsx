import { useEffect } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { SaveJournal } from '../journal/SaveJournal.tsx';
import { tillScanner } from '../../scan/scanner.ts';
import { useDesk, useMessages } from '../app/context.tsx';
import type { NotSaved } from '../screen/screen.ts';
import { Face } from './Face.tsx';

/** The one thing a till must never be quiet about: nothing was stored. */
export function NotSavedFace({ because }: { readonly because: NotSaved }) {
  const { screen } = useDesk();
  const say = useMessages().till.faces;
  useEffect(() => tillScanner().feedback.error(), []);
  return (
    <Face
      loud
      icon="alert"
      title={say.notSavedTitle}
      data-test="not-saved"
      actions={
        <>
          <SaveJournal />
          {because !== 'storageFull' && (
            <Button size="l" icon="sync" onPress={() => window.location.reload()}>
              {say.reload}
            </Button>
          )}
          <Button size="l" autoFocus onPress={() => screen.setState({ notSaved: null })}>
            {say.understood}
          </Button>
        </>
      }
    >
      <p>{say.notSaved}</p>
      <p>{say[because]}</p>
    </Face>
  );
}
