import type { Kysely } from 'kysely';
import type { Day } from '../../loyalty/basics.ts';
import { isPoolForgotten, type SharePool } from '../../loyalty/limits/shares.ts';
import type { Document } from '../../protocol/documents.ts';
import type { Schema } from './schema.ts';

/** The pools of these names, those that are there. */
export async function readPools(
  db: Kysely<Schema>,
  business: string,
  ids: readonly string[],
): Promise<Map<string, SharePool>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('documents')
    .select(['id', 'data'])
    .where('business', '=', business)
    .where('kind', '=', 'shares')
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ id, data }) => [id, JSON.parse(data) as SharePool]));
}

/** All pools that have changed since a `rev`, as documents. */
export async function poolsSince(db: Kysely<Schema>, business: string, rev: number): Promise<Document[]> {
  const rows = await db
    .selectFrom('documents')
    .select(['id', 'rev', 'data'])
    .where('business', '=', business)
    .where('kind', '=', 'shares')
    .where('rev', '>', rev)
    .orderBy('rev')
    .execute();
  return rows.map(({ id, rev: at, data }) => ({ kind: 'shares', id, rev: at, data: JSON.parse(data) as SharePool }));
}

/** Removes pools whose window has been over for long; tills forget them by the same rule. */
export async function dropClosedPools(db: Kysely<Schema>, business: string, today: Day): Promise<void> {
  const rows = await db
    .selectFrom('documents')
    .select('id')
    .where('business', '=', business)
    .where('kind', '=', 'shares')
    .execute();
  const old = rows.map(({ id }) => id).filter((id) => isPoolForgotten(id, today));
  for (let at = 0; at < old.length; at += 100) {
    await db
      .deleteFrom('documents')
      .where('business', '=', business)
      .where('kind', '=', 'shares')
      .where('id', 'in', old.slice(at, at + 100))
      .execute();
  }
}
