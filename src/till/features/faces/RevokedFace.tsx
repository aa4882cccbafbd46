import { useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { useFormat } from '../../../ui/language.tsx';
import { useDesk, useMessages, useObserved } from '../app/context.tsx';
import { Pairing } from '../start/Pairing.tsx';
import { SaveJournal } from '../journal/SaveJournal.tsx';
import { Face } from './Face.tsx';

/** The owner has removed this till; what was recorded here still goes out. */
export function RevokedFace() {
  const { till } = useDesk();
  const unsent = useObserved(till.status, (status) => status.unsent);
  const format = useFormat();
  const say = useMessages().till.faces;
  const [again, connectAgain] = useState(false);
  if (again) return <Pairing evicted={false} />;
  return (
    <Face
      icon="tablet"
      title={say.revokedTitle}
      actions={
        // Connecting anew would start over; what is not sent yet goes first.
        unsent === 0 ? (
          <Button size="l" onPress={() => connectAgain(true)}>
            {say.connectAgain}
          </Button>
        ) : (
          <SaveJournal />
        )
      }
    >
      <p>{say.revokedHelp}</p>
      <p role="status">
        <strong>{unsent > 0 ? say.revokedUnsent({ n: format.number(unsent) }) : say.revokedAllSent}</strong>
      </p>
    </Face>
  );
}
