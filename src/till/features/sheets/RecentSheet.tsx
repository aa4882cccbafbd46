import { useMessages } from '../app/context.tsx';
import { Recent } from '../counter/Recent.tsx';
import { TillSheet } from './TillSheet.tsx';

/** On a phone or an upright tablet the strip of the last ones lies here while somebody is served. */
export function RecentSheet({ onClose }: { readonly onClose: () => void }) {
  const say = useMessages().till.counter;
  return (
    <TillSheet title={say.recent} onClose={onClose} data-test="recent-sheet">
      <Recent titled={false} />
    </TillSheet>
  );
}
