import type { Kysely } from 'kysely';
import type { ReservationRow } from './tables/riskTables.ts';
import type { Schema } from './schema.ts';

/** What a member's phones have asked for since an instant, the newest first. */
export async function reservationsSince(
  db: Kysely<Schema>,
  business: string,
  member: string,
  since: number,
): Promise<ReservationRow[]> {
  return db
    .selectFrom('reservations')
    .selectAll()
    .where('business', '=', business)
    .where('member', '=', member)
    .where('made_at', '>=', since)
    .orderBy('made_at', 'desc')
    .execute();
}

/** Vouchers on phones by their ids; the ones that are not known are left out. */
export async function reservationsById(
  db: Kysely<Schema>,
  business: string,
  ids: readonly string[],
): Promise<ReservationRow[]> {
  if (ids.length === 0) return [];
  return db.selectFrom('reservations').selectAll().where('business', '=', business).where('id', 'in', ids).execute();
}

/** Adds a voucher on a phone; throws where its id is taken. */
export async function insertReservation(db: Kysely<Schema>, row: ReservationRow): Promise<void> {
  await db.insertInto('reservations').values(row).execute();
}

/** Notes which redemption used a reservation. */
export async function markReservationUsed(db: Kysely<Schema>, business: string, id: string, by: string): Promise<void> {
  await db
    .updateTable('reservations')
    .set({ used_by: by })
    .where('business', '=', business)
    .where('id', '=', id)
    .execute();
}
