import type { Kysely } from 'kysely';
import type { Profile } from '../../../protocol/documents.ts';
import { listDocuments } from '../../store/documents.ts';
import type { Schema } from '../../store/schema.ts';

/** Turns ids into the names that people know, where they are known. */
export interface Names {
  readonly staff: (id: string | null) => string | null;
  readonly till: (id: string | null) => string | null;
  readonly member: (id: string | null) => string | null;
}

/** Reads the names of the shop's people and tills, and of the given members alone. */
export async function readNames(db: Kysely<Schema>, business: string, members: readonly string[]): Promise<Names> {
  const staff = new Map((await listDocuments(db, business, 'staff')).map((one) => [one.id, one.name]));
  const tills = new Map((await listDocuments(db, business, 'device')).map((one) => [one.id, one.name]));
  const names = new Map<string, string | null>();
  for (let from = 0; from < members.length; from += 500) {
    const rows = await db
      .selectFrom('profiles')
      .select(['member', 'data'])
      .where('business', '=', business)
      .where('member', 'in', members.slice(from, from + 500))
      .execute();
    for (const row of rows) names.set(row.member, row.data ? (JSON.parse(row.data) as Profile).name : null);
  }
  const find = (map: ReadonlyMap<string, string | null>) => (id: string | null) =>
    id === null ? null : (map.get(id) ?? null);
  return { staff: find(staff), till: find(tills), member: find(names) };
}
