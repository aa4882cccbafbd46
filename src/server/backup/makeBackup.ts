import { mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { Config } from '../config.ts';
import { lockBusiness } from '../store/businesses.ts';
import { forBusiness } from '../store/connection/context.ts';
import { lastMigration } from '../store/migrate.ts';
import { databaseFile } from '../store/connection/open.ts';
import type { Schema } from '../store/schema.ts';
import { markDurable } from '../store/streams.ts';
import { type BackupCheck, checkBackup } from './checkBackup.ts';
import { BackupProblem, createBackupFile, type Header } from './format.ts';
import { KEY_FILE, type ProfileKeys, readKeyFile, writeKeyFile } from './profileKeys.ts';
import { syncFolder } from './writeSafely.ts';
import { writeBackup, type Written } from './writeBackup.ts';

/** No backup takes longer. */
const LONGEST_MS = 86_400_000;

export interface BackupOptions {
  readonly config: Pick<Config, 'mode' | 'data' | 'database'>;
  /** The store, open; a server may be at work on it. */
  readonly db: Kysely<Schema>;
  readonly folder: string;
  /** The folder outlives this machine: tills may forget what the backup holds. */
  readonly isElsewhere: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly say: (line: string) => void;
}

export interface Backup {
  readonly file: string;
  readonly bytes: number;
  readonly check: BackupCheck;
}

/**
 * Makes a backup while the server runs: writes what one moment saw, reads the file again and works everything out anew, and
 * only then gives it its name, replaces the key file and lets tills forget what it holds. A backup that is not good keeps
 * the ending `.unverified` and changes nothing else; its check names the problems.
 */
export async function makeBackup({ config, db, folder, isElsewhere, now, say }: BackupOptions): Promise<Backup> {
  await mkdir(folder, { recursive: true });
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(/[:T]/g, '-');
  const file = join(folder, `regulars-${config.mode}-${stamp}.backup.gz`);
  const unverified = `${file}.unverified`;
  const header: Header = {
    regulars: 'backup',
    v: 1,
    at: now,
    epoch: await epochOf(db),
    mode: config.mode,
    migration: lastMigration(),
  };
  const out = await createBackupFile(unverified, header);
  let written: Written;
  try {
    written = await atOneMoment(config, db, (trx) => writeBackup(trx, out, everySecond(say, 'rows written')));
    await out.end();
  } catch (error) {
    await out.abort();
    throw error;
  }
  say('Reading it again and working out every balance ...');
  const found = await checkBackup(unverified, written.keys);
  const unread = found.unreadable > 0 ? [`${found.unreadable} profiles cannot be read with their keys.`] : [];
  const check = { ...found, problems: [...found.problems, ...unread] };
  const { size } = await stat(unverified);
  if (check.problems.length > 0) return { file: unverified, bytes: size, check };
  const keyFile = join(folder, KEY_FILE);
  let at = now;
  let keys: ProfileKeys;
  // The keys are read behind the file's date, so that those of whoever wrote it are among them.
  for (let newer = await overtakenAt(keyFile, at); ; newer = await overtakenAt(keyFile, at)) {
    at = newer ?? at;
    keys = await storeKeys(db, written);
    if ((await overtakenAt(keyFile, at)) === null) break;
  }
  // The keys first: a backup whose keys are not there yet could not be read.
  await writeKeyFile(keyFile, keys, at);
  await rename(unverified, file);
  await syncFolder(folder);
  if (isElsewhere) {
    for (const { business, streams } of check.businesses) {
      await forBusiness(business, () => markDurable(db, business, streams));
    }
  }
  return { file, bytes: size, check };
}

/**
 * The moment of a backup that began after this one and was finished before it: its key file must not become older, or it
 * could not be restored. `null`: there is none. A date far ahead is a clock that was wrong.
 */
async function overtakenAt(keyFile: string, now: number): Promise<number | null> {
  const at = (await readKeyFile(keyFile))?.at ?? 0;
  return at > now && at - now < LONGEST_MS ? at : null;
}

/** Runs a reading that sees one moment, however much is written meanwhile, and holds nobody up. */
async function atOneMoment<T>(
  config: BackupOptions['config'],
  db: Kysely<Schema>,
  read: (trx: Kysely<Schema>) => Promise<T>,
): Promise<T> {
  if (config.database !== null) {
    return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read);
  }
  // A connection of its own: SQLite's readers see the moment at which they began, and never wait for a writer.
  const sqlite = new Database(databaseFile(config), { readonly: true, fileMustExist: true });
  const reader = new Kysely<Schema>({ dialect: new SqliteDialect({ database: sqlite }) });
  try {
    return await reader.transaction().execute(read);
  } finally {
    await reader.destroy();
  }
}

/** Stores the keys that the backup has made, and gives all that hold now: whoever was erased meanwhile has none any more. */
async function storeKeys(db: Kysely<Schema>, { keys, fresh }: Written): Promise<ProfileKeys> {
  const now: ProfileKeys = new Map();
  for (const business of keys.keys()) {
    const made = [...(fresh.get(business) ?? [])].map(([member, key]) => ({ business, member, key }));
    const store = (trx: Kysely<Schema>) => storeKeysOf(trx, business, made);
    now.set(business, await forBusiness(business, () => db.transaction().execute(store)));
  }
  return now;
}

async function storeKeysOf(
  trx: Kysely<Schema>,
  business: string,
  made: readonly { readonly business: string; readonly member: string; readonly key: string }[],
): Promise<Map<string, string>> {
  // Nobody is erased between the look at their profile and the key.
  await lockBusiness(trx, business);
  for (let at = 0; at < made.length; at += 100) {
    const some = made.slice(at, at + 100);
    const members = some.map(({ member }) => member);
    const profiles = trx.selectFrom('profiles').select('member').where('business', '=', business);
    const there = await profiles.where('member', 'in', members).where('data', 'is not', null).execute();
    const known = new Set(there.map(({ member }) => member));
    const rows = some.filter(({ member }) => known.has(member));
    if (rows.length === 0) continue;
    await trx
      .insertInto('member_keys')
      .values(rows)
      .onConflict((c) => c.columns(['business', 'member']).doNothing())
      .execute();
  }
  const stored = await trx
    .selectFrom('member_keys')
    .select(['member', 'key'])
    .where('business', '=', business)
    .execute();
  const keys = new Map(stored.map(({ member, key }) => [member, key]));
  // With other keys than those beside it, a backup would make everybody concerned look erased.
  if (made.some(({ member, key }) => keys.has(member) && keys.get(member) !== key)) {
    throw new BackupProblem('Another backup was made at the same moment. Make this one again.');
  }
  return keys;
}

async function epochOf(db: Kysely<Schema>): Promise<string> {
  const row = await db.selectFrom('server_meta').select('value').where('key', '=', 'epoch').executeTakeFirst();
  return row?.value ?? '';
}

/** Says how far it is, once a second at most. */
export function everySecond(say: (line: string) => void, what: string): (n: number) => void {
  let said = performance.now();
  return (n) => {
    if (performance.now() - said < 1000) return;
    said = performance.now();
    say(`${n.toLocaleString('en')} ${what}`);
  };
}
