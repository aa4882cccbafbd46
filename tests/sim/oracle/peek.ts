/* oxlint-disable no-underscore-dangle -- the insides of the database in memory are named so */
/** Reads a browser's storage past everything, at once and without disturbing it: what is on the "disk". */

interface RawRecord {
  readonly value: unknown;
}
interface RawDatabase {
  readonly rawObjectStores: ReadonlyMap<string, { readonly records: { readonly values: () => Iterable<RawRecord> } }>;
  readonly transactions: readonly { readonly mode: string; readonly _state: string; readonly _started: boolean }[];
}
interface RawFactory {
  readonly _databases: ReadonlyMap<string, RawDatabase>;
}

function databaseOf(factory: IDBFactory, name: string): RawDatabase | null {
  return (factory as unknown as RawFactory)._databases.get(name) ?? null;
}

/** Whether nothing is being written at this moment; else what is read may be undone yet. */
export function isQuiet(factory: IDBFactory, name: string): boolean {
  const database = databaseOf(factory, name);
  return !database?.transactions.some(
    (each) => each.mode !== 'readonly' && each._started && each._state !== 'finished',
  );
}

export function rowsOf(factory: IDBFactory, name: string, store: string): readonly unknown[] {
  const found = databaseOf(factory, name)?.rawObjectStores.get(store);
  if (found === undefined) return [];
  const rows: unknown[] = [];
  for (const { value } of found.records.values()) rows.push(value);
  return rows;
}
