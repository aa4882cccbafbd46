import { Chip } from '../../../ui/Chip.tsx';
import { useDesk, useMessages, useObserved } from '../app/context.tsx';

/** The server does not know this till any more; at the counter, a tap says what to do. */
export function MustPair({ canOpen }: { readonly canOpen: boolean }) {
  const { till, act } = useDesk();
  const mustPair = useObserved(till.status, (status) => status.mustPair);
  const say = useMessages().till.status;
  if (!mustPair) return null;
  const open = canOpen ? { onPress: () => act.openSheet({ kind: 'pairAgain' }) } : {};
  return (
    <Chip tone="warn" icon="tablet" data-test="must-pair" {...open}>
      {say.mustPair}
    </Chip>
  );
}
