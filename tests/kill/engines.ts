import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { Schema } from '../../src/server/store/schema.ts';

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
    crash: null,
    remove: async () => {},
  };
}
