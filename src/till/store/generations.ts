import { Dexie } from 'dexie';
import { FOLD_VERSION } from '../../loyalty/version.ts';
import type { Cursor } from '../../protocol/sync.ts';
import type { CacheDb, DocumentRow, Generation } from './cacheDb.ts';

/** The generation in use; `null` before pairing (or after the browser has thrown the cache away). */
export async function currentOf(db: CacheDb): Promise<Generation | null> {
  const row = await db.meta.get('current');
  return row?.key === 'current' ? row.value : null;
}

/** Why the states here must not be built upon any longer; `null`: they may. */
export async function staleOf(db: CacheDb): Promise<string | null> {
  const row = await db.meta.get('stale');
  return row?.key === 'stale' ? row.value : null;
}

const ALIGNED = 'aligned ';

/** Stale, but the ledger of this epoch was offered what it lacks and asked how much of each own run it has stored. */
export function alignedWith(epoch: string): string {
  return `${ALIGNED}${epoch}`;
}

/** With which epoch's ledger a stale till was aligned; `null`: with none. */
export function alignedTo(stale: string | null): string | null {
  return stale?.startsWith(ALIGNED) ? stale.slice(ALIGNED.length) : null;
}

/** What is known of a shop besides its customers goes: the till is paired with another one. */
export async function forgetShop(db: CacheDb): Promise<void> {
  await db.transaction('rw', db.documents, db.journal, async () => {
    await db.documents.clear();
    await db.journal.clear();
  });
}

/** States without anybody, as of a cursor; a bootstrap is due. */
export async function beginEmpty(db: CacheDb, cursor: Cursor, build: string): Promise<Generation> {
  const generation: Generation = {
    g: 0,
    cursor,
    fold: FOLD_VERSION,
    build,
    unknownMet: false,
    pages: 0,
    covered: { through: 0, holes: [] },
    patchesCovered: {},
    asOf: null,
  };
  await db.transaction('rw', db.meta, db.pages, db.index, db.changed, async () => {
    for (const table of [db.pages, db.index, db.changed]) await table.clear();
    await db.meta.delete('building');
    await db.meta.put({ key: 'current', value: generation });
    await db.meta.put({ key: 'stale', value: 'new' });
  });
  return generation;
}

/** Puts the generation that was built in the place of the one in use. The old one stays until nobody reads it any more. */
export async function swapIn(db: CacheDb): Promise<Generation | null> {
  return db.transaction('rw', db.meta, async () => {
    const row = await db.meta.get('building');
    if (row?.key !== 'building') return null;
    const { generation } = row.value;
    await db.meta.put({ key: 'current', value: generation });
    await db.meta.bulkDelete(['building', 'stale']);
    return generation;
  });
}

/**
 * Takes a snapshot's documents for all there are. Program versions stay even where the server has lost them: own events
 * may still name them.
 */
export async function replaceDocuments(db: CacheDb, rows: readonly DocumentRow[]): Promise<void> {
  await db.transaction('rw', db.documents, async () => {
    await db.documents.filter((row) => row.kind !== 'program').delete();
    await db.documents.bulkPut([...rows]);
  });
}

/**
 * Removes pages, index and changed members of all generations but one: also of those that were left by a reload in the
 * middle, which would else stand before the records of the next one of that number.
 */
export async function dropOtherGenerations(db: CacheDb, g: number): Promise<void> {
  await db.transaction('rw', db.pages, db.index, db.changed, async () => {
    const { minKey, maxKey } = Dexie;
    for (const [table, key, rest] of [
      [db.pages, '[g+page]', 1],
      [db.index, '[g+kind+bucket]', 2],
      [db.changed, '[g+member]', 1],
    ] as const) {
      const from = (n: number) => [n, ...Array(rest).fill(minKey)];
      await table.where(key).between(from(minKey), from(g)).delete();
      await table
        .where(key)
        .between(from(g + 1), Array(rest + 1).fill(maxKey))
        .delete();
    }
  });
}

/** Removes everything about customers from a till that was revoked; its own ledger is no part of this. */
export async function wipeCustomers(db: CacheDb, current: Generation): Promise<void> {
  await db.transaction('rw', db.tables, async () => {
    for (const table of db.tables) await table.clear();
    await db.meta.put({ key: 'current', value: { ...current, pages: 0, asOf: null } });
  });
}
