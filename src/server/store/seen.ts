import type { Instant } from '../../loyalty/basics.ts';
import type { Kysely } from 'kysely';
import type { DeviceRow } from './tables/ledgerTables.ts';
import type { Schema } from './schema.ts';

/** `seen_at` is only as exact as this, so that asking for news does not write each time. */
export const SEEN_MS = 60_000;

/** Remembers that a till was in contact; only ever moves forward. */
export async function touchDevice(
  db: Kysely<Schema>,
  { business, device }: Pick<DeviceRow, 'business' | 'device'>,
  now: Instant,
): Promise<void> {
  await db
    .updateTable('devices')
    .set({ seen_at: now })
    .where('business', '=', business)
    .where('device', '=', device)
    .where('seen_at', '<=', now - SEEN_MS)
    .execute();
}
