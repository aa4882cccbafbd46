import { type Kysely, SqliteAdapter, sql } from 'kysely';
import type { Schema } from '../schema.ts';

/**
 * Takes what was deleted out of SQLite's log as well, where it would stand until it is overwritten; the file itself is
 * opened so that deleted content is zeroed (`sqlite/open.ts`). PostgreSQL does that part with its own vacuum.
 */
export async function sweepDeleted(db: Kysely<Schema>): Promise<void> {
  if (!(db.getExecutor().adapter instanceof SqliteAdapter)) return;
  await sql`pragma wal_checkpoint(truncate)`.execute(db);
}
