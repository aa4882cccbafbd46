import type { SSEStreamingApi } from 'hono/streaming';
import type { Instant } from '../../loyalty/basics.ts';
import type { Deps } from '../deps.ts';
import { readHead } from '../store/businesses.ts';
import { readEpoch } from '../store/epoch.ts';
import type { DeviceRow } from '../store/tables/ledgerTables.ts';
import { SEEN_MS, touchDevice } from '../store/seen.ts';

/** A client that hears nothing for 45 s takes the connection for dead. */
const HEARTBEAT_MS = 20_000;

/**
 * Tells a till, as long as it listens, that the head has moved. Never data: a hint that is lost costs some seconds. Many
 * changes at once become one hint. Ends when the till is revoked.
 */
export async function followHead(
  { db, live, clock }: Pick<Deps, 'db' | 'live' | 'clock'>,
  { business, device }: DeviceRow,
  stream: SSEStreamingApi,
): Promise<void> {
  let moved = true;
  let told = '';
  let seenAt = clock.now();
  // Whoever listens is there, though it asks for nothing.
  const seenAgain = async (before: Instant): Promise<Instant> => {
    const now = clock.now();
    if (now - before < SEEN_MS) return before;
    await touchDevice(db, { business, device }, now);
    return now;
  };
  let wake = () => {};
  const unsubscribe = live.subscribe(business, () => {
    moved = true;
    wake();
  });
  stream.onAbort(() => wake());
  try {
    while (!stream.aborted && !stream.closed) {
      if (moved) {
        moved = false;
        const row = await db.selectFrom('devices').select('revoked_at').where('device', '=', device).executeTakeFirst();
        if (row?.revoked_at !== null) {
          await stream.writeSSE({ event: 'revoked', data: '{}' });
          return;
        }
        const head = await readHead(db, business);
        const data = JSON.stringify({ epoch: await readEpoch(db), head: head?.head ?? 0, rev: head?.rev ?? 0 });
        // Told by the process that committed it and by the watch on the others: once is enough.
        if (data !== told) await stream.writeSSE({ event: 'head', data });
        told = data;
      } else {
        await stream.write(': still here\n\n');
        seenAt = await seenAgain(seenAt);
      }
      if (!moved) await sleep((resume) => (wake = resume));
    }
  } finally {
    unsubscribe();
  }
}

async function sleep(wakeWith: (resume: () => void) => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve) => {
    timer = setTimeout(resolve, HEARTBEAT_MS);
    wakeWith(resolve);
  });
  clearTimeout(timer);
}
