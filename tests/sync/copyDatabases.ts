import type { Dexie } from 'dexie';
import { IDBKeyRange as FakeKeyRange } from 'fake-indexeddb';
import { openCacheDb } from '../../src/till/store/cacheDb.ts';
import { openLedgerDb } from '../../src/till/store/ledgerDb.ts';

/** Copies a till's two databases into another browser's storage, row by row. */
export async function copyDatabases(from: IDBFactory, to: IDBFactory, storeName: string): Promise<void> {
  const at = (factory: IDBFactory) => ({ indexedDb: { factory, keyRange: FakeKeyRange }, storeName });
  const pairs: [Dexie, Dexie][] = [
    [openLedgerDb(at(from)), openLedgerDb(at(to))],
    [openCacheDb(at(from)), openCacheDb(at(to))],
  ];
  for (const [source, target] of pairs) {
    await source.open();
    await target.open();
    for (const table of source.tables) await target.table(table.name).bulkPut(await table.toArray());
    source.close();
    target.close();
  }
}
