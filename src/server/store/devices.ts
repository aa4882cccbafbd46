import type { Kysely } from 'kysely';
import { byKey } from './connection/context.ts';
import type { DeviceRow, PairingCodeRow } from './tables/ledgerTables.ts';
import type { Schema } from './schema.ts';

/** A device by the id in its proof, which says whose it is. */
export async function findDevice(db: Kysely<Schema>, device: string): Promise<DeviceRow | null> {
  const query = db.selectFrom('devices').selectAll().where('device', '=', device);
  return (await byKey(device, () => query.executeTakeFirst())) ?? null;
}

/** The business that a pairing code, given by its hash, belongs to. Does not use it up. */
export async function businessOfCode(db: Kysely<Schema>, hash: string): Promise<string | null> {
  const query = db.selectFrom('pairing_codes').select('business').where('hash', '=', hash);
  return (await byKey(hash, () => query.executeTakeFirst()))?.business ?? null;
}

/** Takes a pairing code; of those who try at once, one gets it. The demo's code stays for the next one. */
export async function takeCode(trx: Kysely<Schema>, hash: string, now: number): Promise<PairingCodeRow | null> {
  const known = trx.selectFrom('pairing_codes').selectAll().where('hash', '=', hash).where('expires_at', '>=', now);
  const reusable = await known.where('reusable', '=', 1).executeTakeFirst();
  if (reusable) return reusable;
  const taken = trx.deleteFrom('pairing_codes').where('hash', '=', hash).where('expires_at', '>=', now).returningAll();
  return (await taken.executeTakeFirst()) ?? null;
}
