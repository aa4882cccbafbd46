import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Schema } from '../store/schema.ts';

/** Kept: which migrations have run, and the name of this life of the database. */
const KEPT = /^(?:kysely_migration|server_meta)/;

/** Takes away what a seeding that was cut short has left, so that the next one finds an empty database. */
export async function emptyDemo(db: Kysely<Schema>): Promise<void> {
  const tables = await db.introspection.getTables();
  await db.transaction().execute(async (trx) => {
    for (const { name } of tables) {
      if (!KEPT.test(name)) await sql`delete from ${sql.table(name)}`.execute(trx);
    }
  });
}
