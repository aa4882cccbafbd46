import type { MemberRecord } from '../../protocol/documents.ts';
import { pageOf } from '../../protocol/pages.ts';
import type { CacheDb, ChangedRow, Generation, IndexKind } from '../store/cacheDb.ts';
import type { LedgerDb, PatchRow } from '../store/ledgerDb.ts';
import { indexBucket, indexKeys, indexValues } from './memberIndex.ts';

/** What people are searched by: gone with their names. Cards and aliases are random numbers, and stay. */
const PERSONAL: readonly IndexKind[] = ['phone', 'name'];

/**
 * Takes erased members out of the pages of a snapshot and of their indexes: what stands over a page would hide the name, not
 * remove it. Part of the transaction that stores the erasure.
 */
export async function forgetInPages(
  db: CacheDb,
  { g, pages }: Pick<Generation, 'g' | 'pages'>,
  members: readonly string[],
): Promise<void> {
  if (pages === 0 || members.length === 0) return;
  const numbers = [...new Set(members.map((member) => pageOf(member, pages)))];
  const rows = (await db.pages.bulkGet(numbers.map((page): [number, number] => [g, page]))).filter(
    (row) => row !== undefined,
  );
  const gone = new Set(members);
  const buckets = new Map<string, [number, IndexKind, number]>();
  for (const row of rows) {
    for (const [at, member] of row.members.entries()) {
      const text = row.records[at];
      if (!gone.has(member) || text === undefined) continue;
      const values = indexValues(JSON.parse(text) as MemberRecord);
      for (const kind of PERSONAL) {
        for (const value of values[kind]) {
          const bucket = indexBucket(kind, value);
          buckets.set(`${kind}${bucket}`, [g, kind, bucket]);
        }
      }
    }
  }
  const indexes = (await db.index.bulkGet([...buckets.values()])).filter((row) => row !== undefined);
  await db.index.bulkPut(indexes.map((row) => ({ ...row, pairs: pairsWithout(row.pairs, gone) })));
  await db.pages.bulkPut(
    rows.map((row) => ({
      ...row,
      records: row.records.map((text, at) => (gone.has(row.members[at] ?? '') ? withoutProfile(text, true) : text)),
    })),
  );
}

/**
 * Removes everybody's personal data from a till that has not heard of the server for a long time: it may have missed that
 * somebody was erased. States and cards stay, so it goes on working; names come back with the next sync.
 */
export async function forgetEverybody(db: CacheDb, current: Generation): Promise<void> {
  for (const key of await db.pages.toCollection().primaryKeys()) {
    await db.transaction('rw', db.pages, async () => {
      const row = await db.pages.get(key);
      if (row) await db.pages.put({ ...row, records: row.records.map((text) => withoutProfile(text, false)) });
    });
  }
  await db.transaction('rw', db.index, db.changed, db.meta, async () => {
    await db.index.filter((row) => PERSONAL.includes(row.kind)).delete();
    await db.changed.toCollection().modify((row: ChangedRow, ref: { value: ChangedRow }) => {
      const record = { ...row.record, profile: null };
      ref.value = { ...row, record, keys: indexKeys(row.g, record) };
    });
    // What was half loaded begins anew, and what is there now is replaced at the next sync.
    await db.meta.delete('building');
    const stale = await db.meta.get('stale');
    if (stale === undefined) await db.meta.put({ key: 'stale', value: 'nameless' });
    await db.meta.put({ key: 'nameless', value: current.g });
  });
}

/** Empties own profile changes; their numbers stay, since the server counts them. Gives whether there was anything to do. */
export async function emptyPatches(db: LedgerDb, which: (row: PatchRow) => boolean): Promise<boolean> {
  return db.transaction('rw', db.patches, async () => {
    const rows = await db.patches
      .filter((row) => Object.keys(row.patch.fields).length > 0)
      .filter(which)
      .toArray();
    await db.patches.bulkPut(rows.map((row) => ({ ...row, patch: { ...row.patch, fields: {} } })));
    return rows.length > 0;
  });
}

function withoutProfile(text: string, erased: boolean): string {
  const record = JSON.parse(text) as MemberRecord;
  return JSON.stringify({ ...record, profile: null, ...(erased && { erased: true }) } satisfies MemberRecord);
}

function pairsWithout(pairs: readonly string[], gone: ReadonlySet<string>): readonly string[] {
  const kept: string[] = [];
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    const [value = '', member = ''] = pairs.slice(at, at + 2);
    if (!gone.has(member)) kept.push(value, member);
  }
  return kept;
}
