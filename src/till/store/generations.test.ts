import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { openCacheDb, type CacheDb, type Generation } from './cacheDb.ts';
import { beginEmpty, dropOtherGenerations } from './generations.ts';

const CURSOR = { epoch: 'e', gseq: 0, chain: '0'.repeat(64), rev: 0 };
let db: CacheDb;

beforeEach(async () => {
  db = openCacheDb({ indexedDb: { factory: new IDBFactory(), keyRange: IDBKeyRange }, storeName: 'generations' });
  for (const g of [1, 2, 3]) {
    await db.pages.put({ g, page: 0, members: ['m'], records: ['{}'] });
    await db.index.put({ g, kind: 'card', bucket: 7, pairs: ['c', 'm'] });
    await db.changed.put({ g, member: 'm', record: {} as never, erased: false, keys: [] });
  }
});

async function left(): Promise<readonly (readonly number[])[]> {
  const tables = [await db.pages.toArray(), await db.index.toArray(), await db.changed.toArray()];
  return tables.map((rows) => rows.map((row) => row.g));
}

test('only the generation in use stays, also where a reload has left older and newer ones', async () => {
  await dropOtherGenerations(db, 2);
  expect(await left()).toEqual([[2], [2], [2]]);
});

test('a new pairing begins with nothing of what was here before', async () => {
  const building = { generation: { g: 3 } as Generation, nextPage: 1 };
  await db.meta.put({ key: 'building', value: building });
  await beginEmpty(db, CURSOR, 'build');
  expect(await left()).toEqual([[], [], []]);
  expect(await db.meta.get('building')).toBeUndefined();
});
