import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';
import { Pool } from 'pg';
import type { Schema } from '../../src/server/store/schema.ts';
import type { Cluster } from '../postgres/cluster.ts';

export type EngineName = 'sqlite' | 'postgres';

/** What a database does in these tests, whichever it is. */
export interface Engine {
  readonly name: EngineName;
  /** The settings that make the server use this database. */
  readonly env: Readonly<Record<string, string>>;
  /** Reads past the server, to check it. Closed before the server is killed: else SQLite would not have to recover. */
  readonly inspect: <T>(look: (db: Kysely<Schema>) => Promise<T>) => Promise<T>;
  /** What the database's own check of its files says; empty: all is well. */
  readonly integrity: () => Promise<readonly string[]>;
  /** Shows the database as if this statement had been run; in truth it is taken back. */
  readonly pretend: <T>(statement: string, look: (db: Kysely<Schema>) => Promise<T>) => Promise<T>;
  /** The database's own processes, where it has any. */
  readonly processes: () => readonly number[];
  /** Whether a file is its log of changes, which a commit must have synced. */
  readonly isLog: (path: string) => boolean;
  /** Kills the database as well, where it is a server of its own, and starts it again. Gives ms until it answers. */
  readonly crash: (() => Promise<number>) | null;
  readonly remove: () => Promise<void>;
}

/** A new data folder. */
export function sqliteEngine(folder: string): Engine {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'regulars.sqlite');
  const open = <T>(look: (database: Database.Database) => T): T => {
    if (!existsSync(file)) throw new Error(`the server keeps no ${file}`);
    return look(new Database(file, { readonly: true, fileMustExist: true }));
  };
  return {
    name: 'sqlite',
    env: { REGULARS_DATA: folder, DATABASE_URL: '' },
    inspect: (look) =>
      open(async (database) => {
        const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database }) });
        try {
          return await look(db);
        } finally {
          await db.destroy();
        }
      }),
    integrity: async () =>
      open((database) => {
        try {
          const lines = database.pragma('integrity_check') as { integrity_check: string }[];
          return lines.map((line) => line.integrity_check).filter((line) => line !== 'ok');
        } finally {
          database.close();
        }
      }),
    pretend: (statement, look) => pretend(new Kysely<Schema>({ dialect: writable(file) }), statement, look),
    processes: () => [],
    isLog: (path) => path === `${file}-wal`,
    crash: null,
    remove: async () => {},
  };
}

/** A new database on this cluster, served with the rights of `regulars_app`. */
export async function postgresEngine(cluster: Cluster, name: string): Promise<Engine> {
  await cluster.createDatabase(name);
  const connect = () => {
    const pool = new Pool({ connectionString: cluster.url(name, 'postgres'), max: 1 });
    return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  };
  const inspect: Engine['inspect'] = async (look) => {
    const db = connect();
    try {
      return await look(db);
    } finally {
      await db.destroy();
    }
  };
  return {
    name: 'postgres',
    env: { DATABASE_URL: cluster.url(name), DATABASE_OWNER_URL: cluster.url(name, 'regulars_owner') },
    inspect,
    integrity: () => inspect(checkIndexes),
    pretend: (statement, look) => pretend(connect(), statement, look),
    processes: cluster.processes,
    isLog: (path) => path.startsWith(join(cluster.folder, 'pg_wal')),
    crash: async () => {
      await cluster.kill();
      const from = performance.now();
      await cluster.start();
      return performance.now() - from;
    },
    remove: () => cluster.dropDatabase(name),
  };
}

/** Every index against its table, with PostgreSQL's own tool (what `pg_amcheck` runs). */
async function checkIndexes(db: Kysely<Schema>): Promise<readonly string[]> {
  await sql`create extension if not exists amcheck`.execute(db);
  const { rows } = await sql<{ name: string }>`
    select c.oid::regclass::text as name from pg_class c join pg_am a on a.oid = c.relam
    where c.relkind = 'i' and a.amname = 'btree' and c.relnamespace = 'public'::regnamespace`.execute(db);
  const problems: string[] = [];
  for (const { name } of rows) {
    try {
      await sql`select bt_index_check(index => ${name}::regclass, heapallindexed => true)`.execute(db);
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return problems;
}

const writable = (file: string) => new SqliteDialect({ database: new Database(file) });

async function pretend<T>(db: Kysely<Schema>, statement: string, look: (db: Kysely<Schema>) => Promise<T>): Promise<T> {
  try {
    // One connection, so everything that is asked from here on is asked inside.
    await sql`begin`.execute(db);
    const { numAffectedRows } = await sql.raw(statement).execute(db);
    if (numAffectedRows === 0n) throw new Error(`changes nothing: ${statement}`);
    const seen = await look(db);
    await sql`rollback`.execute(db);
    return seen;
  } finally {
    await db.destroy();
  }
}
