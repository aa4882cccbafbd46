import type { Kysely } from 'kysely';
import type { QuarantineCode } from '../../protocol/sync.ts';
import type { Deps } from '../deps.ts';
import { book } from '../ledger/book.ts';
import { loadBatch } from '../ledger/batch/loadBatch.ts';
import { readEvent } from '../ledger/readEvent.ts';
import { storeBatch } from '../ledger/batch/storeBatch.ts';
import { listBusinesses, lockBusiness } from '../store/businesses.ts';
import { forBusiness } from '../store/connection/context.ts';
import { readEpoch } from '../store/epoch.ts';
import { freeQuarantined } from '../store/quarantine.ts';
import type { QuarantineRow } from '../store/tables/ledgerTables.ts';
import type { Schema } from '../store/schema.ts';

/** What a newer version of the server may understand; what is foreign or damaged stays so. */
const WORTH_TRYING: readonly QuarantineCode[] = ['unknownKind', 'unreadable', 'bookingFailed'];

/** Rows that are tried in one transaction. */
const AT_ONCE = 500;

/**
 * Tries the quarantine again, as a server does when it starts with a new version. What can be booked now gets its place
 * at the end of the ledger, under the number that it has kept. Returns how many events came free.
 */
export async function retryQuarantine(deps: Pick<Deps, 'db' | 'clock' | 'live'>): Promise<number> {
  let freed = 0;
  for (const business of await listBusinesses(deps.db)) {
    for (let stayed = 0; ;) {
      const skip = stayed;
      const retry = (trx: Kysely<Schema>) => retryOf(trx, deps, business, skip);
      const round = await forBusiness(business, () => deps.db.transaction().execute(retry));
      if (round.tried === 0) break;
      freed += round.freed;
      stayed += round.tried - round.freed;
      if (round.freed > 0) deps.live.moved(business, round);
    }
  }
  return freed;
}

/** Tries the next rows, behind those that have been tried and stay. */
async function retryOf(trx: Kysely<Schema>, deps: Pick<Deps, 'clock'>, business: string, stayed: number) {
  const rows = await trx
    .selectFrom('quarantine')
    .selectAll()
    .where('business', '=', business)
    .where('code', 'in', WORTH_TRYING)
    .orderBy('received_at')
    .orderBy('device')
    .orderBy('run')
    .orderBy('seq')
    .limit(AT_ONCE)
    .offset(stayed)
    .execute();
  const readable = rows.flatMap((row) => {
    const reading = readEvent(row.bytes, { business, device: row.device, run: row.run.split('~')[0] ?? row.run });
    return reading.ok && reading.seq === row.seq ? [{ row, reading }] : [];
  });
  if (readable.length === 0) return { members: [], freed: 0, tried: rows.length };
  const head = await lockBusiness(trx, business);
  if (!head) throw new Error('Quarantine belongs to a business.');
  const around = { head, epoch: await readEpoch(trx), now: deps.clock.now() };
  const events = readable.map(({ reading }) => reading.event);
  const batch = await loadBatch(trx, events, [], around);
  const freed: QuarantineRow[] = [];
  for (const { row, reading } of readable) {
    if (batch.takenIds.has(reading.event.id)) continue;
    try {
      book(batch, reading, { run: row.run, flags: row.run === reading.event.run ? [] : ['fork'] });
      freed.push(row);
    } catch {
      // Still not: it stays where it is.
    }
  }
  const members = await storeBatch(trx, batch);
  await freeQuarantined(trx, freed);
  return { members, freed: freed.length, tried: rows.length };
}
