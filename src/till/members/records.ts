import type { MemberRecord } from '../../protocol/documents.ts';
import { pageOf } from '../../protocol/pages.ts';
import type { CacheDb, Covered, Generation, IndexKind } from '../store/cacheDb.ts';
import { currentOf } from '../store/generations.ts';
import { indexBucket, indexValues } from './memberIndex.ts';

export interface Held {
  readonly record: MemberRecord;
  readonly erased: boolean;
}

/** Where a member stands in a generation: first among the changed ones, else on its page. */
async function findRecord(
  db: CacheDb,
  generation: Pick<Generation, 'g' | 'pages'>,
  member: string,
): Promise<Held | null> {
  const changed = await db.changed.get([generation.g, member]);
  if (changed !== undefined) return { record: changed.record, erased: changed.erased };
  if (generation.pages === 0) return null;
  const page = await db.pages.get([generation.g, pageOf(member, generation.pages)]);
  const text = page?.records[page.members.indexOf(member)];
  if (text === undefined) return null;
  const record = JSON.parse(text) as MemberRecord;
  return { record, erased: record.erased === true };
}

/**
 * A member's canonical record together with which own events it includes, read at one moment: what is pulled, by this tab or
 * another one, moves both at once, and own events must be neither missing from them nor added twice.
 */
export async function recordNow(
  db: CacheDb,
  known: Generation,
  member: string,
): Promise<{ readonly held: Held | null; readonly covered: Covered }> {
  return db.transaction('r', db.meta, db.changed, db.pages, async () => {
    const generation = (await currentOf(db)) ?? known;
    return { held: await findRecord(db, generation, member), covered: generation.covered };
  });
}

/**
 * Members with an index value that begins with `prefix`. What the pages' index says is checked against the record as it
 * is now: an old phone number or a card that moved finds nobody.
 */
export async function findByIndex(
  db: CacheDb,
  generation: Pick<Generation, 'g' | 'pages'>,
  kind: IndexKind,
  prefix: string,
): Promise<readonly Held[]> {
  const { g } = generation;
  const changed = await db.changed.where('keys').startsWith(`${g}:${kind}:${prefix}`).primaryKeys();
  const members = new Set(changed.map(([, member]) => member));
  const row = generation.pages === 0 ? undefined : await db.index.get([g, kind, indexBucket(kind, prefix)]);
  const pairs = row?.pairs ?? [];
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    const [value = '', member = ''] = pairs.slice(at, at + 2);
    if (value.startsWith(prefix)) members.add(member);
  }
  const found: Held[] = [];
  for (const member of members) {
    const held = await findRecord(db, generation, member);
    if (held !== null && indexValues(held.record)[kind].some((value) => value.startsWith(prefix))) found.push(held);
  }
  return found;
}
