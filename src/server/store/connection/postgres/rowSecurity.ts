import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Schema } from '../../schema.ts';

/**
 * Tables without a business, and why nothing of a tenant is in them: the server's own epoch and mode, the one set-up link
 * from before the first business, what slows down guessing (e-mail and network addresses of tries), and who runs a job.
 */
export const OPEN_TABLES: readonly string[] = ['server_meta', 'setup_links', 'sign_in_tries', 'job_leases'];

/**
 * Narrow doors: the columns by whose exact value a row may be read before it is known whose it is. Each value is random
 * and long, or an address that is asked for with its password.
 */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  devices: ['device'],
  pairing_codes: ['hash'],
  office_sessions: ['hash'],
  office_accounts: ['email'],
  card_sessions: ['hash', 'comeback_hash'],
  card_recovery: ['hash'],
};

const MINE = `business = current_setting('app.business', true)`;

/** What protects a table, one statement after the other. */
function protectionOf(table: string): readonly string[] {
  const doors = (KEYS[table] ?? []).map(
    (column) =>
      `create policy by_${column} on "${table}" for select using ("${column}" = current_setting('app.key', true))`,
  );
  const list = `create policy list on "${table}" for select using (current_setting('app.businesses', true) = 'list')`;
  return [
    `alter table "${table}" enable row level security`,
    `alter table "${table}" force row level security`,
    `create policy mine on "${table}" using (${MINE}) with check (${MINE})`,
    ...doors,
    ...(table === 'businesses' ? [list] : []),
  ];
}

interface TableState {
  readonly name: string;
  readonly protected: boolean;
  readonly note: string | null;
  readonly has_business: boolean;
}

/**
 * Brings every table under row-level security, as its owner, inside a transaction. Cheap where nothing has changed, so
 * that each start may call it: a table that a new migration made cannot be forgotten. Throws where a table has no business
 * and is not listed as open.
 */
export async function protectTables(trx: Kysely<Schema>): Promise<void> {
  for (const table of await listTables(trx)) {
    if (OPEN_TABLES.includes(table.name)) continue;
    if (!table.has_business)
      throw new Error(`The table ${table.name} has no business, so nothing can protect its rows.`);
    const statements = protectionOf(table.name);
    const note = `rows protected ${createHash('sha256').update(statements.join(';')).digest('hex').slice(0, 16)}`;
    if (table.protected && table.note === note) continue;
    const { rows } = await sql<{ policyname: string }>`
      select policyname from pg_policies where schemaname = current_schema() and tablename = ${table.name}`.execute(
      trx,
    );
    for (const { policyname } of rows) {
      await sql`drop policy ${sql.id(policyname)} on ${sql.table(table.name)}`.execute(trx);
    }
    for (const statement of statements) await sql.raw(statement).execute(trx);
    await sql`comment on table ${sql.table(table.name)} is ${sql.lit(note)}`.execute(trx);
  }
}

/**
 * Runs a migration that sees every row, as its owner: with row-level security forced it would change none of those that
 * are there. All in one transaction, so nobody else ever meets a table without it.
 */
export async function seeingAllRows(trx: Kysely<unknown>, run: () => Promise<void>): Promise<void> {
  const db = trx as Kysely<Schema>;
  for (const table of await listTables(db)) {
    if (table.protected) await sql`alter table ${sql.table(table.name)} no force row level security`.execute(db);
  }
  await run();
  for (const table of await listTables(db)) {
    if (table.note?.startsWith('rows protected') === true) {
      await sql`alter table ${sql.table(table.name)} force row level security`.execute(db);
    }
  }
}

async function listTables(db: Kysely<Schema>): Promise<TableState[]> {
  const { rows } = await sql<TableState>`
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as protected, obj_description(c.oid) as note,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'business') as has_business
    from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and c.relname not like 'kysely\\_%'
    order by c.relname`.execute(db);
  return rows;
}
