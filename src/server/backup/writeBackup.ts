import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Schema } from '../store/schema.ts';
import type { BackupWriter, Cell } from './format.ts';
import { encryptProfile, newProfileKey, type ProfileKeys } from './profileKeys.ts';
import { businessesIn, turnTo } from './scope.ts';
import { backupTables, type BackupTable } from './tables.ts';

const AT_ONCE = 1000;

type Cells = Record<string, Cell>;

export interface Written {
  /** Keys of everybody whose profile is in the backup. */
  readonly keys: ProfileKeys;
  /** Those of them that the database does not have yet. */
  readonly fresh: ProfileKeys;
}

/**
 * Writes everything that a transaction sees, business by business. The transaction must see one moment: a read of SQLite
 * that has begun, or REPEATABLE READ.
 * @param progress told now and then how many rows are written
 */
export async function writeBackup(
  trx: Kysely<Schema>,
  out: BackupWriter,
  progress: (rows: number) => void,
): Promise<Written> {
  const written: Written = { keys: new Map(), fresh: new Map() };
  let rows = 0;
  const copy = async (table: BackupTable, key: readonly string[], business: string | null): Promise<void> => {
    let columns: readonly string[] = [];
    for await (const page of pagesOf(trx, table, key, business)) {
      if (columns.length === 0) {
        columns = Object.keys(page[0] ?? {});
        await out.section({ table, business, columns });
      }
      for (const row of page) {
        if (table === 'profiles' && business !== null) protect(row, business, written);
        await out.row(columns.map((column) => row[column] ?? null));
      }
      rows += page.length;
      progress(rows);
    }
  };
  const isShared = (table: BackupTable) => table === 'server_meta';
  for (const { table, key } of backupTables()) if (isShared(table)) await copy(table, key, null);
  for (const business of await businessesIn(trx)) {
    await turnTo(trx, business);
    written.keys.set(business, await keysIn(trx, business));
    for (const { table, key } of backupTables()) if (!isShared(table)) await copy(table, key, business);
  }
  return written;
}

/** The rows of a table in the order of its key, page by page. */
async function* pagesOf(
  trx: Kysely<Schema>,
  table: BackupTable,
  key: readonly string[],
  business: string | null,
): AsyncGenerator<Cells[]> {
  const order = sql.join(key.map((column) => sql.ref(column)));
  let last: Cells | null = null;
  for (;;) {
    const mine = business === null ? sql`1 = 1` : sql`business = ${business}`;
    const from: Cells | null = last;
    const behind: RawBuilder<unknown> =
      from === null ? sql`` : sql`and (${order}) > (${sql.join(key.map((column) => from[column]))})`;
    const { rows }: { rows: Cells[] } = await sql<Cells>`
      select * from ${sql.table(table)} where ${mine} ${behind} order by ${order} limit ${sql.lit(AT_ONCE)}`.execute(
      trx,
    );
    if (rows.length > 0) yield rows;
    if (rows.length < AT_ONCE) return;
    last = rows.at(-1) ?? null;
  }
}

async function keysIn(trx: Kysely<Schema>, business: string): Promise<Map<string, string>> {
  const rows = await trx.selectFrom('member_keys').select(['member', 'key']).where('business', '=', business).execute();
  return new Map(rows.map((row) => [row.member, row.key]));
}

/** Encrypts what is personal in a row; a member without a key gets one. */
function protect(row: Cells, business: string, { keys, fresh }: Written): void {
  const { member, data } = row;
  if (typeof member !== 'string' || typeof data !== 'string') return;
  const known = keys.get(business);
  let key = known?.get(member);
  if (key === undefined) {
    key = newProfileKey();
    known?.set(member, key);
    fresh.set(business, (fresh.get(business) ?? new Map<string, string>()).set(member, key));
  }
  row['data'] = encryptProfile(key, member, data);
}
