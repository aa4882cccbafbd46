import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, sql, SqliteDialect } from 'kysely';
import type { Config } from '../config.ts';
import { migrate } from '../store/migrate.ts';
import { databaseFile } from '../store/connection/open.ts';
import { openSqlite } from '../store/connection/sqlite/open.ts';
import { connectPostgres, type PostgresSettings } from '../store/connection/postgres/open.ts';
import { prepareTables } from '../store/connection/postgres/prepare.ts';
import { seeingAllRows } from '../store/connection/postgres/rowSecurity.ts';
import type { Schema } from '../store/schema.ts';
import { BackupProblem } from './format.ts';
import { syncFolder } from './writeSafely.ts';

/** An empty database into which a backup goes, beside the one in use until it is whole. */
export interface Target {
  readonly db: Kysely<Schema>;
  /** Puts it in the place of the one in use; gives where that one is now, or `null` where there was none. */
  readonly finish: () => Promise<string | null>;
  /** Takes away what was begun. */
  readonly abandon: () => Promise<void>;
}

interface TargetOptions {
  /** Whether a database with shops in it may be moved aside. */
  readonly replace: boolean;
  /** `20260310-090000`, for the name of the one that is moved aside. */
  readonly stamp: string;
  /** The last migration of the backup. */
  readonly migration: string;
}

/** Throws a `BackupProblem` where a server runs on the database, or where shops are in it that may not be moved aside. */
export async function openTarget(config: Pick<Config, 'mode' | 'data' | 'database'>, options: TargetOptions) {
  return config.database === null
    ? sqliteTarget(databaseFile(config), options)
    : postgresTarget(config.database, options);
}

async function sqliteTarget(file: string, { replace, stamp, migration }: TargetOptions): Promise<Target> {
  if (existsSync(file)) claimFile(file, replace);
  const fresh = `${file}.restoring`;
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(fresh + end, { force: true });
  const sqlite = new Database(fresh);
  sqlite.pragma('synchronous = FULL');
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: sqlite }) });
  await migrate(db, undefined, migration);
  return {
    db,
    finish: async () => {
      await db.destroy();
      await (await openSqlite(fresh)).destroy();
      const aside = existsSync(file) ? freeName(`${file}.before-${stamp}`, existsSync) : null;
      if (aside !== null) renameSync(file, aside);
      renameSync(fresh, file);
      await syncFolder(dirname(file));
      return aside;
    },
    abandon: async () => {
      await db.destroy();
      for (const end of ['', '-wal', '-shm', '-journal']) rmSync(fresh + end, { force: true });
    },
  };
}

/** Folds the log into the file, which SQLite does only where nobody else has it open. */
function claimFile(file: string, replace: boolean): void {
  const sqlite = new Database(file, { timeout: 1000 });
  try {
    const hasTables = sqlite.prepare("select 1 from sqlite_master where name = 'businesses'").get() !== undefined;
    const isEmpty = !hasTables || sqlite.prepare('select 1 from businesses limit 1').get() === undefined;
    if (!isEmpty && !replace) throw notEmpty(file);
    sqlite.pragma('journal_mode = DELETE');
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) {
      throw new BackupProblem(`A server is running on ${file}. Stop it first.`);
    }
    throw error;
  } finally {
    sqlite.close();
  }
}

async function postgresTarget(
  settings: PostgresSettings,
  { replace, stamp, migration }: TargetOptions,
): Promise<Target> {
  const server = connectPostgres(settings.url, 1);
  const role = await currentRole(server).finally(() => server.destroy());
  const db = connectPostgres(settings.ownerUrl ?? settings.url, 1);
  try {
    const { schema, shops } = await stateOf(db);
    if (shops && !replace) throw notEmpty('This database');
    if (await isUsed(db)) throw new BackupProblem('A server is connected to this database. Stop all of them first.');
    const taken = await schemasOf(db);
    const aside = freeName(`${schema}_before_${stamp.replaceAll('-', '_')}`, (name) => taken.has(name));
    const moved = await moveAside(db, schema, aside, role);
    await migrate(db, seeingAllRows, migration);
    const back = async () => {
      await sql`drop schema ${sql.id(schema)} cascade`.execute(db);
      if (moved) await sql`alter schema ${sql.id(aside)} rename to ${sql.id(schema)}`.execute(db);
      else await makeSchema(db, schema, role);
    };
    return {
      db,
      finish: async () => {
        await prepareTables(db, role);
        await db.destroy();
        return moved ? `the schema ${aside}` : null;
      },
      abandon: () => back().finally(() => db.destroy()),
    };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

async function stateOf(db: Kysely<Schema>) {
  const { rows } = await sql<{ schema: string; tables: boolean }>`
    select current_schema()::text as schema, to_regclass('businesses') is not null as tables`.execute(db);
  const [state] = rows;
  if (!state) throw new BackupProblem('PostgreSQL does not say what is in this database.');
  if (!state.tables) return { ...state, shops: false };
  const shops = await db.transaction().execute(async (trx) => {
    await sql`select set_config('app.businesses', 'list', true)`.execute(trx);
    return (await trx.selectFrom('businesses').select('business').limit(1).execute()).length > 0;
  });
  return { ...state, shops };
}

/** Whether servers are connected; those that have just ended get a moment to be gone. */
async function isUsed(db: Kysely<Schema>): Promise<boolean> {
  for (let tries = 0; tries < 20; tries++) {
    const { rows } = await sql`
      select pg_sleep(${tries === 0 ? 0 : 0.1}) from pg_stat_activity
      where datname = current_database() and application_name = 'regulars' and pid <> pg_backend_pid()
      limit 1`.execute(db);
    if (rows.length === 0) return false;
  }
  return true;
}

async function moveAside(db: Kysely<Schema>, schema: string, aside: string, role: string): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_class where relnamespace = ${schema}::regnamespace limit 1`.execute(db);
  if (rows.length === 0) return false;
  await db.transaction().execute(async (trx) => {
    await sql`alter schema ${sql.id(schema)} rename to ${sql.id(aside)}`.execute(trx);
    await makeSchema(trx, schema, role);
  });
  return true;
}

async function schemasOf(db: Kysely<Schema>): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ name: string }>`select nspname::text as name from pg_namespace`.execute(db);
  return new Set(rows.map((row) => row.name));
}

/** Nothing that was moved aside before is ever overwritten. */
function freeName(name: string, isTaken: (name: string) => boolean): string {
  let free = name;
  for (let n = 2; isTaken(free); n++) free = `${name}_${n}`;
  return free;
}

async function makeSchema(db: Kysely<Schema>, schema: string, role: string): Promise<void> {
  await sql`create schema ${sql.id(schema)}`.execute(db);
  await sql`grant usage on schema ${sql.id(schema)} to ${sql.id(role)}`.execute(db);
}

async function currentRole(db: Kysely<Schema>): Promise<string> {
  const { rows } = await sql<{ role: string }>`select current_user::text as role`.execute(db);
  return rows[0]?.role ?? '';
}

function notEmpty(what: string): BackupProblem {
  return new BackupProblem(`${what} holds shops already. With --replace it is moved aside, not deleted.`);
}
