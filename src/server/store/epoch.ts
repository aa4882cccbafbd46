import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

const known = new WeakMap<Kysely<Schema>, string>();

/** The name of this life of the database: random, made once, replaced when a backup is restored. */
export async function readEpoch(db: Kysely<Schema>): Promise<string> {
  const hit = known.get(db);
  if (hit !== undefined) return hit;
  const row = await db.selectFrom('server_meta').select('value').where('key', '=', 'epoch').executeTakeFirst();
  if (!row) throw new Error('The database has no epoch: ensureEpoch was not called at start.');
  known.set(db, row.value);
  return row.value;
}

/** Forgets the epoch where the database names another one by now; true where it does. */
export function epochMayHaveChanged(db: Kysely<Schema>, epoch: string | null): boolean {
  const hit = known.get(db);
  return hit !== undefined && hit !== epoch && known.delete(db);
}

/** Gives a new database its epoch, which is then known as its first; an existing one keeps both. */
export async function ensureEpoch(db: Kysely<Schema>, fresh: string): Promise<void> {
  await db
    .insertInto('server_meta')
    .values([
      { key: 'epoch', value: fresh },
      { key: 'firstEpoch', value: fresh },
    ])
    .onConflict((c) => c.column('key').doNothing())
    .execute();
}
