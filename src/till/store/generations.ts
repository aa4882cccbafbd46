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
  await db.transaction('rw', db.meta, async () => {
    await db.meta.put({ key: 'current', value: generation });
    await db.meta.put({ key: 'stale', value: 'new' });
  });
  return generation;
}

/**
 * Puts the generation that was built in the place of the one in use, in one transaction, and clears the old one away
 * after it.
 */
export async function swapIn(db: CacheDb): Promise<Generation | null> {
  const old = await currentOf(db);
  const swapped = await db.transaction('rw', db.meta, async () => {
    const row = await db.meta.get('building');
    if (row?.key !== 'building') return null;
    const { generation } = row.value;
    await db.meta.put({ key: 'current', value: generation });
    await db.meta.bulkDelete(['building', 'stale']);
    return generation;
  });
  if (swapped !== null && old !== null && old.g !== swapped.g) await dropGeneration(db, old.g);
  return swapped;
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

/** Removes the pages, index and changed members of a generation. */
export async function dropGeneration(db: CacheDb, g: number): Promise<void> {
  await db.transaction('rw', db.pages, db.index, db.changed, async () => {
    await db.pages.where('[g+page]').between([g, Dexie.minKey], [g, Dexie.maxKey]).delete();
    await db.index
      .where('[g+kind+bucket]')
      .between([g, Dexie.minKey, Dexie.minKey], [g, Dexie.maxKey, Dexie.maxKey])
      .delete();
    await db.changed.where('[g+member]').between([g, Dexie.minKey], [g, Dexie.maxKey]).delete();
  });
}

/** Removes everything about customers from a till that was revoked; its own ledger is no part of this. */
export async function wipeCustomers(db: CacheDb, current: Generation): Promise<void> {
  await db.transaction('rw', db.tables, async () => {
    for (const table of db.tables) await table.clear();
    await db.meta.put({ key: 'current', value: { ...current, pages: 0, asOf: null } });
  });
}
