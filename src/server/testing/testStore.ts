import { Kysely, SqliteDialect } from 'kysely';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import type { PostgresSettings } from '../store/connection/postgres/open.ts';
import { migrate } from '../store/migrate.ts';
import type { Schema } from '../store/schema.ts';
import { withStatementCache } from '../store/connection/sqlite/statementCache.ts';
import { connectTest } from './testPostgres.ts';

/** Set by `tests/postgres/globalSetup.ts`: the superuser's address of the cluster on which this run's stores are made. */
const CLUSTER = process.env['REGULARS_TEST_CLUSTER'];
export const TEMPLATE = 'regulars_template';

/** Whether this run's stores are PostgreSQL databases; else SQLite. */
export const onPostgres = CLUSTER !== undefined;

/** An open database of a test. */
export interface TestStore {
  readonly db: Kysely<Schema>;
  /** On PostgreSQL, how it is called; else ''. */
  readonly name: string;
}

interface Opened {
  readonly name: string;
  readonly db: Kysely<Schema>;
  readonly inTest: boolean;
}

const opened: Opened[] = [];
let inTest = false;
let made = 0;

/**
 * A new database with this version's tables and nothing in them: in memory on SQLite, or a copy of the template on
 * PostgreSQL. `from` copies another test database as it is now. It goes by itself when the test is over.
 */
export async function openTestStore(from?: TestStore): Promise<TestStore> {
  if (CLUSTER === undefined) {
    const db = new Kysely<Schema>({
      dialect: new SqliteDialect({ database: withStatementCache(new Database(':memory:')) }),
    });
    await migrate(db);
    return { db, name: '' };
  }
  return reopenTestStore(await copyTestStore(from?.name ?? TEMPLATE));
}

/** Copies a database of PostgreSQL; who is connected to it is cut off. Gives the copy's name. */
export async function copyTestStore(source: string): Promise<string> {
  made += 1;
  const name = `regulars_${process.pid}_${made}`;
  await asAdmin(async (client) => {
    for (let attempt = 1; ; attempt++) {
      if (source !== TEMPLATE) {
        await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [source]);
      }
      try {
        return await client.query(`create database "${name}" template "${source}" owner regulars_owner`);
      } catch (error) {
        // Somebody connected in between, or another worker copies the template at this moment.
        if (attempt === 100) throw error;
      }
    }
  });
  return name;
}

/** Opens a database of PostgreSQL again, by its name. */
export function reopenTestStore(name: string): TestStore {
  const db = connectTest(urlOf(name, 'regulars_app'), urlOf(name, 'postgres'));
  opened.push({ name, db, inTest });
  return { db, name };
}

/** How servers and commands connect to a database of PostgreSQL. */
export function testSettings(name: string): PostgresSettings {
  return { url: urlOf(name, 'regulars_app'), ownerUrl: urlOf(name, 'regulars_owner'), pool: 2 };
}

/** Hooks of the project `postgres`: what a test opened goes with it, what a file opened goes in the end. */
export function testBegins(): void {
  inTest = true;
}

export async function testEnds(): Promise<void> {
  inTest = false;
  await drop((one) => one.inTest);
}

export async function fileEnds(): Promise<void> {
  await drop(() => true);
}

async function drop(which: (one: Opened) => boolean): Promise<void> {
  const going = opened.filter(which);
  if (going.length === 0) return;
  for (const one of going) opened.splice(opened.indexOf(one), 1);
  await Promise.all(going.map(({ db }) => db.destroy()));
  await asAdmin(async (client) => {
    for (const name of new Set(going.map((one) => one.name))) {
      await client.query(`drop database if exists "${name}" with (force)`);
    }
  });
}

async function asAdmin<T>(run: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: urlOf('postgres', 'postgres') });
  client.on('error', () => {});
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

/** Where a test database is, for a role of `tests/postgres/cluster.ts`. */
export function urlOf(database: string, role: string): string {
  const url = new URL(CLUSTER ?? '');
  url.username = role;
  url.pathname = `/${database}`;
  return url.href;
}
