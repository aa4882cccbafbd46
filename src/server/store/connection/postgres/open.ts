import {
  type Dialect,
  type Driver,
  HandleEmptyInListsPlugin,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  replaceWithNoncontingentExpression,
  sql,
} from 'kysely';
import { Pool, types } from 'pg';
import type { Schema } from '../../schema.ts';
import { ContextDriver } from './driver.ts';
import { createMeter, rememberMeter } from './meter.ts';
import { prepareTables } from './prepare.ts';
import { decodeText } from './text.ts';

const OLDEST = 14;
const INT8 = 20;
const NUMERIC = 1700;
const TEXT = 25;

export interface PostgresSettings {
  /** Where servers work: a role that is no superuser and cannot bypass row-level security. */
  readonly url: string;
  /** Where tables are made and changed at start; `null`: as the same role. */
  readonly ownerUrl: string | null;
  /** Most connections of this process. */
  readonly pool: number;
}

/**
 * Connects to PostgreSQL, checks that what is committed is on the disk and that row-level security holds us, and brings
 * the tables up to date. Throws an Error with a sentence for the operator where one of these cannot be had.
 */
export async function openPostgres({ url, ownerUrl, pool }: PostgresSettings): Promise<Kysely<Schema>> {
  const db = connectPostgres(url, pool);
  try {
    const role = await checkServer(db);
    const owner = connectPostgres(ownerUrl ?? url, 1);
    try {
      await prepareTables(owner, role);
    } finally {
      await owner.destroy();
    }
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** Connects and looks at nothing; `openPostgres` is for servers. */
export function connectPostgres(url: string, most: number): Kysely<Schema> {
  const pool = createPool(url, most);
  const meter = createMeter(pool);
  const db = createKysely(new ContextDriver(pool, meter.roundTrip));
  rememberMeter(db, meter);
  return db;
}

/** Connections as the store needs them; makes none yet. */
export function createPool(url: string, most: number): Pool {
  const pool = new Pool({
    connectionString: url,
    max: most,
    pipeline: true,
    keepAlive: true,
    application_name: 'regulars',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    types: { getTypeParser: parserOf },
  });
  // An idle connection that breaks is replaced; whoever needs it meanwhile gets the error as the answer to a query.
  pool.on('error', () => {});
  return pool;
}

/** Kysely that speaks PostgreSQL's language through the given driver. */
export function createKysely(driver: Driver): Kysely<Schema> {
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
  // SQLite takes "in ()" as it is, PostgreSQL does not.
  const plugins = [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })];
  return new Kysely<Schema>({ dialect, plugins });
}

function parserOf(oid: number, format?: 'text' | 'binary') {
  if (format !== 'binary') {
    if (oid === INT8 || oid === NUMERIC) return safeNumber;
    if (oid === TEXT) return decodeText;
  }
  return types.getTypeParser(oid, format);
}

/** Instants, counts and money: whole numbers that JavaScript holds exactly, or a loud end. */
function safeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`${text} is no whole number that can be held exactly.`);
  return value;
}

interface ServerState {
  readonly fsync: string;
  readonly commit: string;
  readonly pages: string;
  readonly version: number;
  readonly role: string;
  readonly above: boolean;
}

/** Gives the name of the role that we are. */
async function checkServer(db: Kysely<Schema>): Promise<string> {
  const { rows } = await sql<ServerState>`
    select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
      current_setting('full_page_writes') as pages, current_setting('server_version_num')::int / 10000 as version,
      current_user::text as role,
      coalesce((select rolsuper or rolbypassrls from pg_roles where rolname = current_user), false) as above`.execute(
    db,
  );
  const [state] = rows;
  if (!state) throw new Error('PostgreSQL does not say how it is set.');
  const unsafe = (setting: string, is: string) =>
    new Error(
      `PostgreSQL does not write safely: ${setting} is ${is}. A power cut could take confirmed sales; set it to on.`,
    );
  if (state.version < OLDEST) throw new Error(`PostgreSQL ${state.version} is too old, ${OLDEST} is needed.`);
  if (state.fsync !== 'on') throw unsafe('fsync', state.fsync);
  if (state.commit === 'off') throw unsafe('synchronous_commit', state.commit);
  if (state.pages !== 'on') throw unsafe('full_page_writes', state.pages);
  if (state.above) {
    throw new Error(
      `The database role ${state.role} is a superuser or bypasses row-level security, so nothing would keep shops apart. ` +
        'Connect as a role made with "create role ... login nosuperuser nobypassrls".',
    );
  }
  return state.role;
}
