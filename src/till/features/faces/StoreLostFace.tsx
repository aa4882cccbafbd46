import { Button } from '../../../ui/Button.tsx';
import { useMessages } from '../app/context.tsx';
import { SaveJournal } from '../journal/SaveJournal.tsx';
import { Face } from './Face.tsx';

export function StoreLostFace() {
  const say = useMessages().till.faces;
  return (
    <Face
      loud
      icon="alert"
      title={say.storeLostTitle}
      actions={
        <>
          <SaveJournal />
          <Button size="l" icon="sync" autoFocus onPress={() => window.location.reload()}>
            {say.reload}
          </Button>
        </>
      }
    >
      <p>{say.storeLostHelp}</p>
    </Face>
  );
}
