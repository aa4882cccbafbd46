import { dirname, join } from 'node:path';
import type { Kysely } from 'kysely';
import type { Config } from '../config.ts';
import { isKnownMigration } from '../store/migrate.ts';
import { forgetMembers } from '../store/forgetMember.ts';
import type { Schema } from '../store/schema.ts';
import { type BackupCheck, checkBackup } from './checkBackup.ts';
import { BackupProblem, type Cell, type Header, readBackup, type Row, type Section } from './format.ts';
import { everySecond } from './makeBackup.ts';
import { decryptProfile, KEY_FILE, type KeyFile, type ProfileKeys, readKeyFile } from './profileKeys.ts';
import { turnTo } from './scope.ts';
import { backupTables } from './tables.ts';
import { openTarget } from './target.ts';

export interface RestoreOptions {
  readonly config: Pick<Config, 'mode' | 'data' | 'database'>;
  readonly file: string;
  /** The newest key file; `null`: the one beside the backup. */
  readonly keyFile: string | null;
  /** Go on without a key file: names and phones of everybody are lost then. */
  readonly withoutKeys: boolean;
  readonly replace: boolean;
  /** The name of the new life of the database. */
  readonly epoch: string;
  readonly now: number;
  readonly say: (line: string) => void;
}

export interface Restored {
  readonly check: BackupCheck;
  readonly rows: number;
  /** Members whose personal data is gone: they were erased since, or there was no key file. */
  readonly erased: number;
  /** Where the database before is now. */
  readonly aside: string | null;
}

const ROWS_AT_ONCE = 200;

/**
 * Makes a database from a backup and puts it in the place of the one in use, which is moved aside. The backup is checked as a
 * whole before anything is touched. The database begins a new epoch, so that tills offer what came after the backup; what
 * must not be revived (sessions, codes) is not in it. Throws a `BackupProblem` with a sentence where it cannot be done.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { config, file, now, say } = options;
  const held = await keysFor(options);
  const keys = held?.keys ?? new Map<string, Map<string, string>>();
  say('Reading the backup and working out every balance ...');
  const check = await checkBackup(file, keys);
  const [problem] = check.problems;
  if (problem !== undefined) throw new BackupProblem(`The backup is not good: ${problem}`);
  checkFits(check.header, config);
  if (held !== null && held.at < check.header.at) {
    throw new BackupProblem(
      'The key file is older than the backup: whoever joined in between would count as erased. Name the newest one with --keys.',
    );
  }
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  const target = await openTarget(config, { replace: options.replace, stamp, migration: check.header.migration });
  try {
    const load = (trx: Kysely<Schema>) => loadRows(trx, options, keys, everySecond(say, 'rows restored'));
    const { rows, erased } = await target.db.transaction().execute(load);
    return { check, rows, erased, aside: await target.finish() };
  } catch (error) {
    await target.abandon();
    throw error;
  }
}

async function keysFor({ file, keyFile, withoutKeys }: RestoreOptions): Promise<KeyFile | null> {
  const path = keyFile ?? join(dirname(file), KEY_FILE);
  const read = await readKeyFile(path);
  if (withoutKeys) return null;
  if (read !== null) return read;
  throw new BackupProblem(
    `There is no key file ${path}, without which names and phone numbers cannot be read. Name it with --keys, or go on without them with --without-personal-data.`,
  );
}

function checkFits({ mode, migration }: Header, config: RestoreOptions['config']): void {
  if (mode !== config.mode) {
    throw new BackupProblem(
      `This is a backup of ${mode === 'demo' ? 'the demo' : 'a live shop'}; set REGULARS_MODE=${mode} to restore it.`,
    );
  }
  if (!isKnownMigration(migration)) {
    throw new BackupProblem('This backup was made by a newer version. Update this server first.');
  }
}

async function loadRows(
  trx: Kysely<Schema>,
  { file, epoch, withoutKeys }: RestoreOptions,
  keys: ProfileKeys,
  progress: (rows: number) => void,
) {
  const known = new Set<string>(backupTables().map(({ table }) => table));
  const gone: { business: string; member: string }[] = [];
  const businesses = new Set<string>();
  let rows = 0;
  let waiting: { section: Section; rows: Row[] } | null = null;
  const flush = async (): Promise<void> => {
    if (waiting !== null) await insert(trx, waiting.section.table, waiting.rows);
    rows += waiting?.rows.length ?? 0;
    waiting = null;
    progress(rows);
  };
  for await (const part of readBackup(file)) {
    if (part.kind === 'section') {
      const { table, business } = part.section;
      if (!known.has(table))
        throw new BackupProblem(`The backup has a table ${table} that this version does not know.`);
      await flush();
      if (business !== null && !businesses.has(business)) await turnTo(trx, business);
      if (business !== null) businesses.add(business);
    }
    if (part.kind !== 'row' || (part.section.table === 'server_meta' && part.row['key'] === 'epoch')) continue;
    const { section } = part;
    // Nobody was erased where all keys are missing: what is not known may be told again.
    if (withoutKeys && section.table === 'profiles' && part.row['data'] !== null) continue;
    const row = section.table === 'profiles' ? opened(part.row, section, keys, gone) : part.row;
    waiting ??= { section, rows: [] };
    waiting.rows.push(row);
    if (waiting.rows.length >= ROWS_AT_ONCE) await flush();
  }
  await flush();
  await insert(trx, 'server_meta', [{ key: 'epoch', value: epoch }]);
  for (const business of businesses) {
    await turnTo(trx, business);
    await settle(trx, business, gone);
    const own = [...(keys.get(business) ?? [])].map(([member, key]) => ({ business, member, key }));
    for (let at = 0; at < own.length; at += ROWS_AT_ONCE) {
      await insert(trx, 'member_keys', own.slice(at, at + ROWS_AT_ONCE));
    }
  }
  return { rows, erased: gone.length };
}

/** A profile as it was; one whose key is gone is erased. */
function opened(row: Row, { business }: Section, keys: ProfileKeys, gone: { business: string; member: string }[]): Row {
  const { member, data } = row;
  if (data === null || data === undefined || business === null) return row;
  const key = keys.get(business)?.get(String(member));
  const text = key === undefined ? null : decryptProfile(key, String(member), String(data));
  if (text === null) gone.push({ business, member: String(member) });
  return { ...row, data: text };
}

/** What is in this backup is safe in it; and whoever was erased since has no phone with a card any more. */
async function settle(
  trx: Kysely<Schema>,
  business: string,
  gone: readonly { readonly business: string; readonly member: string }[],
): Promise<void> {
  await trx
    .updateTable('streams')
    .set((eb) => ({ durable_through: eb.ref('stored_through') }))
    .where('business', '=', business)
    .where('fork_of', 'is', null)
    .execute();
  const members = gone.flatMap((one) => (one.business === business ? [one.member] : []));
  for (let at = 0; at < members.length; at += ROWS_AT_ONCE) {
    await forgetMembers(trx, business, members.slice(at, at + ROWS_AT_ONCE));
  }
}

async function insert(
  trx: Kysely<Schema>,
  table: string,
  rows: readonly Readonly<Record<string, Cell>>[],
): Promise<void> {
  if (rows.length === 0) return;
  await trx
    .insertInto(table as 'server_meta')
    .values(rows as { key: string; value: string }[])
    .execute();
}
