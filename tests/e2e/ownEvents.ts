import type { Page } from 'playwright-core';
import type { Event } from '../../src/protocol/event.ts';
import { eventHash, ZERO_HASH } from '../../src/protocol/hash.ts';

interface Row {
  readonly n: number;
  readonly run: string;
  readonly seq: number;
  readonly hash: string;
  readonly bytes: string;
}

/**
 * The till's own events as they lie in its database, read past the app. Throws where they are not what they must be at
 * every moment: numbered without a gap, each hashed as its bytes are, each following the one before.
 */
export async function readOwnEvents(page: Page): Promise<readonly Event[]> {
  const rows = await page.evaluate(
    () =>
      new Promise<Row[]>((resolve, reject) => {
        const opening = indexedDB.open('regulars-till-ledger');
        opening.addEventListener('error', () => reject(opening.error ?? new Error('not opened')));
        opening.addEventListener('success', () => {
          const db = opening.result;
          const reading = db.transaction('events').objectStore('events').getAll();
          reading.addEventListener('error', () => reject(reading.error ?? new Error('not read')));
          reading.addEventListener('success', () => {
            db.close();
            resolve(reading.result as Row[]);
          });
        });
      }),
  );
  let before: Row | null = null;
  for (const row of rows) {
    if (row.n !== (before?.n ?? 0) + 1) throw new Error(`row ${row.n} follows ${before?.n}`);
    if (row.seq > 0) {
      if (row.seq !== (before?.seq ?? 0) + 1) throw new Error(`seq ${row.seq} follows ${before?.seq}`);
      if (eventHash(row.bytes) !== row.hash) throw new Error(`the bytes of seq ${row.seq} do not fit their hash`);
      const { prev } = JSON.parse(row.bytes) as Event;
      const follows = row.seq === 1 ? ZERO_HASH : before?.hash;
      if (prev !== follows) throw new Error(`seq ${row.seq} does not follow the event before`);
    }
    before = row;
  }
  return rows.filter((row) => row.seq > 0).map((row) => JSON.parse(row.bytes) as Event);
}
