import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Schema } from '../store/schema.ts';

function isPostgres(db: Kysely<Schema>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/**
 * From here on, a transaction sees and writes the rows of this business, as row-level security has it. Only for what goes
 * through all businesses in one transaction; everything else runs in a context (`store/connection/context.ts`).
 */
export async function turnTo(trx: Kysely<Schema>, business: string): Promise<void> {
  if (isPostgres(trx)) await sql`select set_config('app.business', ${business}, true)`.execute(trx);
}

/** The names of all businesses, inside a transaction. */
export async function businessesIn(trx: Kysely<Schema>): Promise<string[]> {
  if (isPostgres(trx)) await sql`select set_config('app.businesses', 'list', true)`.execute(trx);
  const rows = await trx.selectFrom('businesses').select('business').orderBy('business').execute();
  return rows.map((row) => row.business);
}
