import type { Kysely } from 'kysely';
import { ZERO_HASH } from '../../protocol/hash.ts';
import type { Cursor, PullAnswer, ServerMark } from '../../protocol/sync.ts';
import type { Deps } from '../deps.ts';
import { admittedOf } from '../ledger/admittedOf.ts';
import { sealed, sealKeyOf } from '../ledger/seal.ts';
import { asOfNow } from '../store/connection/asOfNow.ts';
import { readHead } from '../store/businesses.ts';
import { documentsSince } from '../store/documents.ts';
import { readEpoch } from '../store/epoch.ts';
import { poolsSince } from '../store/pools.ts';
import type { BusinessRow, DeviceRow } from '../store/tables/ledgerTables.ts';
import type { Schema } from '../store/schema.ts';
import { readDurable } from '../store/streams.ts';

/** Most events, and most documents, in one answer. */
const PULL_MAX = 1000;

/**
 * What happened behind a cursor: events with their admissions, and documents. `null`: this ledger does not know the
 * cursor (another life of the server, or a tail that it has lost), so the device has diverged.
 */
export async function pull(
  deps: Pick<Deps, 'db' | 'clock'>,
  device: Pick<DeviceRow, 'business' | 'device'>,
  cursor: Cursor,
): Promise<PullAnswer | null> {
  const time = deps.clock.now();
  return asOfNow(deps.db).execute(async (trx) => {
    const head = await readHead(trx, device.business);
    if (!head || !(await isKnown(trx, head, cursor))) return null;
    const rows = await trx
      .selectFrom('events')
      .selectAll()
      .where('business', '=', device.business)
      .where('gseq', '>', cursor.gseq)
      .orderBy('gseq')
      .limit(PULL_MAX)
      .execute();
    const documents = await documentsSince(trx, device.business, cursor.rev, PULL_MAX);
    // Counts of shares are never behind the events that moved them: a till would take what it has used for what it has left.
    const pools = documents.length < PULL_MAX ? [] : await poolsSince(trx, device.business, cursor.rev);
    const key = rows.length === 0 ? null : await sealKeyOf(trx, device.business);
    const last = rows.at(-1);
    const next = {
      epoch: cursor.epoch,
      gseq: last?.gseq ?? cursor.gseq,
      chain: last?.chain ?? cursor.chain,
      // Erased and overwritten documents leave holes, so the end is the head's rev unless there was more than we took.
      rev: documents.length < PULL_MAX ? head.rev : (documents.at(-1)?.rev ?? cursor.rev),
    };
    return {
      ...(await markOf(trx, device, head, time)),
      cursor: next,
      admitted: rows.map((row) => sealed(key, device.business, admittedOf(row))),
      documents: [...documents, ...pools],
      more: next.gseq < head.head || next.rev < head.rev,
    };
  });
}

/** What every answer of `/sync` says about this server. */
export async function markOf(
  db: Kysely<Schema>,
  device: Pick<DeviceRow, 'business' | 'device'>,
  head: BusinessRow,
  time: number,
): Promise<ServerMark> {
  return {
    epoch: await readEpoch(db),
    head: head.head,
    time,
    durableThrough: await readDurable(db, device.business, device.device),
  };
}

async function isKnown(trx: Kysely<Schema>, head: BusinessRow, cursor: Cursor): Promise<boolean> {
  if (cursor.epoch !== (await readEpoch(trx)) || cursor.gseq > head.head || cursor.rev > head.rev) return false;
  if (cursor.gseq === 0) return cursor.chain === ZERO_HASH;
  const row = await trx
    .selectFrom('events')
    .select('chain')
    .where('business', '=', head.business)
    .where('gseq', '=', cursor.gseq)
    .executeTakeFirst();
  return row?.chain === cursor.chain;
}
