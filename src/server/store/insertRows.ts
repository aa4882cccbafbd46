import type { CompiledQuery, InsertResult, Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Most rows of one statement: with 20 columns a sixteenth of what any database allows as parameters. */
const MOST_ROWS = 128;

/** What Kysely has made of an insert of n rows. */
interface Compilable {
  readonly compile: () => CompiledQuery<InsertResult>;
}

/** A way to write rows of one table; made once, at the top of a module. */
export interface RowWriter<Row> {
  readonly write: (trx: Kysely<Schema>, rows: readonly Row[]) => Promise<void>;
}

/**
 * Writes many rows with few statements, each built once per dialect and number of rows, and used again with other values:
 * building takes longer than inserting. Rows go in chunks of powers of two, so that there are few different ones.
 * @param columns every column of the rows, in the order in which they are bound
 * @param build the insert of the given rows, which must bind exactly their columns
 */
export function rowWriter<Row extends object>(
  columns: readonly (keyof Row & string)[],
  build: (trx: Kysely<Schema>, rows: Row[]) => Compilable,
): RowWriter<Row> {
  // By the adapter, of which a database has one, whatever transaction asks.
  const compiled = new WeakMap<object, Map<number, CompiledQuery<InsertResult>>>();

  function queryFor(trx: Kysely<Schema>, rows: readonly Row[]): CompiledQuery<InsertResult> {
    const { adapter } = trx.getExecutor();
    const byLength = compiled.get(adapter) ?? new Map<number, CompiledQuery<InsertResult>>();
    compiled.set(adapter, byLength);
    const known = byLength.get(rows.length);
    if (known) return known;
    const pick = (row: Row) => Object.fromEntries(columns.map((column) => [column, row[column]])) as Row;
    const query = build(trx, rows.map(pick)).compile();
    if (query.parameters.length !== rows.length * columns.length) throw new Error('An insert binds other columns.');
    byLength.set(rows.length, { ...query, parameters: [] });
    return query;
  }

  return {
    write: async (trx, rows) => {
      for (let at = 0; at < rows.length;) {
        const length = Math.min(MOST_ROWS, 2 ** Math.floor(Math.log2(rows.length - at)));
        const part = rows.slice(at, at + length);
        const parameters = part.flatMap((row) => columns.map((column) => row[column]));
        await trx.executeQuery({ ...queryFor(trx, part), parameters });
        at += length;
      }
    },
  };
}
