import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/**
 * Since when this life of the database grants shares; `null` where it is the first life, so that nobody can have granted
 * anything before. The first who asks in a life sets it: before anything is granted in it, whichever process that is.
 */
export async function granting(db: Kysely<Schema>, epoch: string, now: number): Promise<number | null> {
  const first = await db.selectFrom('server_meta').select('value').where('key', '=', 'firstEpoch').executeTakeFirst();
  if (first?.value === epoch) return null;
  const key = `grantsSince:${epoch}`;
  await db
    .insertInto('server_meta')
    .values({ key, value: String(now) })
    .onConflict((c) => c.column('key').doNothing())
    .execute();
  const { value } = await db.selectFrom('server_meta').select('value').where('key', '=', key).executeTakeFirstOrThrow();
  return Number(value);
}
