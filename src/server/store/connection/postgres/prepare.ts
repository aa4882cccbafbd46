import { type Kysely, sql } from 'kysely';
import { migrate } from '../../migrate.ts';
import type { Schema } from '../../schema.ts';
import { protectTables, seeingAllRows } from './rowSecurity.ts';

/** One process prepares the tables at a time; the number is just ours. */
const LOCK = 7_365_213_001;

/**
 * Brings the tables to this version, as their owner: migrations, plain byte order of texts, row-level security, and the
 * rights of `appRole`, with which servers connect. Does nothing where everything is in place; several processes may start
 * at once.
 */
export async function prepareTables(owner: Kysely<Schema>, appRole: string): Promise<void> {
  await migrate(owner, seeingAllRows);
  await owner.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(trx);
    await orderTextsByBytes(trx);
    await protectTables(trx);
    await grantRights(trx, appRole);
  });
}

/**
 * Texts are compared byte by byte, as SQLite does it, whatever language the database was made for: both order alike, and
 * no update of the system's language data can break an index.
 */
async function orderTextsByBytes(trx: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.relname as "table", a.attname as "column"
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    join pg_collation l on l.oid = a.attcollation
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and c.relname not like 'kysely\\_%'
      and a.attnum > 0 and not a.attisdropped and a.atttypid = 'text'::regtype and l.collname <> 'C'
    order by c.relname, a.attnum`.execute(trx);
  const columns = new Map<string, string[]>();
  for (const { table, column } of rows) columns.set(table, [...(columns.get(table) ?? []), column]);
  for (const [table, names] of columns) {
    const changes = names.map((name) => sql`alter column ${sql.id(name)} type text collate "C"`);
    await sql`alter table ${sql.table(table)} ${sql.join(changes)}`.execute(trx);
  }
}

/** Reading and writing rows, and nothing else: no table can be changed, and no policy taken away, by a server. */
async function grantRights(trx: Kysely<Schema>, role: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select distinct c.relname as name from pg_class c, unnest(array['select', 'insert', 'update', 'delete']) as want
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and c.relname not like 'kysely\\_%'
      and not has_table_privilege(${role}, c.oid, want)`.execute(trx);
  for (const { name } of rows) {
    await sql`grant select, insert, update, delete on ${sql.table(name)} to ${sql.id(role)}`.execute(trx);
  }
}
