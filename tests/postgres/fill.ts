import { type Kysely, sql } from 'kysely';
import { OPEN_TABLES } from '../../src/server/store/connection/postgres/rowSecurity.ts';
import type { Schema } from '../../src/server/store/schema.ts';

export interface Table {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Columns of its primary key. */
  readonly key: readonly string[];
}

/** Every table with tenants' rows, as the catalog has it. */
export async function tablesOf(db: Kysely<Schema>): Promise<Table[]> {
  const { rows } = await sql<{ table: string; name: string; type: string; key: boolean }>`
    select c.relname as table, a.attname as name, a.atttypid::regtype::text as type,
      exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary and a.attnum = any (i.indkey)) as key
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely%' and a.attnum > 0
      and not a.attisdropped
    order by c.relname, a.attnum`.execute(db);
  const names = [...new Set(rows.map((row) => row.table))].filter((name) => !OPEN_TABLES.includes(name));
  return names.map((name) => {
    const columns = rows.filter((row) => row.table === name);
    return { name, columns, key: columns.filter((column) => column.key).map((column) => column.name) };
  });
}

/** One row per business in every table, with values that are nobody else's: tables that come later are filled as well. */
export async function fillEveryTable(
  db: Kysely<Schema>,
  tables: readonly Table[],
  businesses: readonly string[],
): Promise<void> {
  for (const business of businesses) {
    for (const { name, columns } of tables) {
      const values = columns.map((column) => {
        if (column.name === 'business') return business;
        return column.type === 'text' ? `${business}/${name}/${column.name}` : 1;
      });
      const ids = sql.join(columns.map((column) => sql.id(column.name)));
      await sql`insert into ${sql.table(name)} (${ids}) values (${sql.join(values)})`.execute(db);
    }
  }
}
