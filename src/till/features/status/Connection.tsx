import { Chip } from '../../../ui/Chip.tsx';
import { useFormat } from '../../../ui/language.tsx';
import { useDesk, useMessages, useObserved } from '../app/context.tsx';
import { useNow } from '../app/useNow.ts';

/** Whether the server is there, what has not been sent, and how long that has been so; in words. */
export function Connection() {
  const { till } = useDesk();
  const status = useObserved(till.status, (value) => value);
  const say = useMessages().till.status;
  const format = useFormat();
  const now = useNow(20_000);
  const { connection } = status;
  const unsent = status.unsent + status.unsentPatches;
  const offline = connection === 'offline';
  const since = status.unsent > 0 ? status.oldestUnsentAt : offline ? status.lastSyncAt : null;
  const words = [
    connection === 'unknown' ? say.connecting : unsent > 0 && connection === 'online' ? say.syncing : say[connection],
    unsent > 0 && say.stored({ n: format.number(unsent) }),
    since !== null && (offline || now - since > 60_000) && format.age(now - since),
  ].filter(Boolean);
  return (
    <Chip
      data-test="connection"
      tone={offline ? 'warn' : 'plain'}
      icon={offline ? 'wifiOff' : connection === 'online' && unsent === 0 ? 'wifi' : 'sync'}
    >
      {words.join(' · ')}
    </Chip>
  );
}
