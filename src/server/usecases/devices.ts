import type { Kysely } from 'kysely';
import type { DeviceEnd } from '../../protocol/documents.ts';
import type { LeaveRequest, ServerMark } from '../../protocol/sync.ts';
import type { Deps } from '../deps.ts';
import { lockBusiness, readHead } from '../store/businesses.ts';
import { transact } from '../store/connection/transact.ts';
import { getDocument, putDocument } from '../store/documents.ts';
import { readEpoch } from '../store/epoch.ts';
import type { DeviceRow } from '../store/tables/ledgerTables.ts';
import type { Schema } from '../store/schema.ts';
import { readDurable } from '../store/streams.ts';
import { grantShares } from './shares/grantShares.ts';
import { returnShares } from './shares/returnShares.ts';

type DeviceDeps = Pick<Deps, 'db' | 'clock' | 'random' | 'live'>;

/**
 * A till was removed at the counter: the same, said by itself. Saying it again changes nothing, but that one which has wiped
 * itself meanwhile gives back its shares.
 */
export async function leave(deps: DeviceDeps, from: DeviceRow, { staff, wiped }: LeaveRequest): Promise<ServerMark> {
  const { business, device } = from;
  const now = deps.clock.now();
  const end = { at: now, how: 'till', by: staff, successor: null } as const;
  await transact(deps.db, async (trx) => {
    await endDevice(trx, business, device, end);
    if (wiped !== undefined) await returnShares(trx, deps, { business, device, recorded: wiped });
  });
  if (wiped !== undefined) await grantShares(deps, business);
  deps.live.moved(business, { members: [] });
  const head = await readHead(deps.db, business);
  return {
    epoch: await readEpoch(deps.db),
    head: head?.head ?? 0,
    time: now,
    durableThrough: await readDurable(deps.db, business, device),
  };
}

/** Inside a larger change. What ended once stays ended as it did. `false` where the business has no such till. */
export async function endDevice(
  trx: Kysely<Schema>,
  business: string,
  device: string,
  ended: DeviceEnd,
): Promise<boolean> {
  // First of all, as a push does it: two that lock in another order would wait for each other.
  await lockBusiness(trx, business);
  const document = await getDocument(trx, business, 'device', device);
  if (!document) return false;
  const { numUpdatedRows } = await trx
    .updateTable('devices')
    .set({ revoked_at: ended.at })
    .where('business', '=', business)
    .where('device', '=', device)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return true;
  await putDocument(trx, business, { kind: 'device', id: device, data: { ...document, revoked: true, ended } });
  return true;
}
