import type { Kysely } from 'kysely';
import { ZERO_HASH } from '../../protocol/hash.ts';
import { acrossBusinesses } from './connection/context.ts';
import type { BusinessRow } from './tables/ledgerTables.ts';
import type { Schema } from './schema.ts';

/** Makes the row of a business; nothing happens where it is there already. */
export async function ensureBusiness(db: Kysely<Schema>, business: string): Promise<void> {
  await db
    .insertInto('businesses')
    .values({ business, head: 0, chain: ZERO_HASH, rev: 0 })
    .onConflict((c) => c.column('business').doNothing())
    .execute();
}

/**
 * Locks a business for the rest of the transaction and gives its head. An update, not a select: it is the write that makes
 * every other writer of the business wait, on every database.
 */
export async function lockBusiness(trx: Kysely<Schema>, business: string): Promise<BusinessRow | null> {
  const row = await trx
    .updateTable('businesses')
    .set((eb) => ({ rev: eb.ref('rev') }))
    .where('business', '=', business)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Stores the new head; call it before the transaction that locked the business ends. */
export async function writeHead(trx: Kysely<Schema>, row: BusinessRow): Promise<void> {
  const { business, ...head } = row;
  await trx.updateTable('businesses').set(head).where('business', '=', business).execute();
}

/** How far the ledger of a business goes; `null` where there is no such business. */
export async function readHead(db: Kysely<Schema>, business: string): Promise<BusinessRow | null> {
  return (await db.selectFrom('businesses').selectAll().where('business', '=', business).executeTakeFirst()) ?? null;
}

/** All businesses of this server, for what is done for each of them. */
export async function listBusinesses(db: Kysely<Schema>): Promise<string[]> {
  const query = db.selectFrom('businesses').select('business').orderBy('business');
  const rows = await acrossBusinesses(() => query.execute());
  return rows.map((row) => row.business);
}
