import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { Config } from '../../config.ts';
import { claimMode } from './claimMode.ts';
import { openSqlite } from './sqlite/open.ts';
import { openPostgres } from './postgres/open.ts';
import type { Schema } from '../schema.ts';

/** The database of an installation: the demo and the live shop never share a file. */
export function databaseFile(config: Pick<Config, 'mode' | 'data'>): string {
  mkdirSync(config.data, { recursive: true });
  return fileIn(config.data, config.mode);
}

/** Its name, whether it is there or not. */
export function fileIn(folder: string, mode: Config['mode']): string {
  return join(folder, mode === 'demo' ? 'demo.sqlite' : 'regulars.sqlite');
}

/**
 * Opens the database that the settings name and brings its tables up to date: PostgreSQL where `DATABASE_URL` is set, else
 * the SQLite file. Throws an Error with a sentence for the operator where "stored" could not be promised.
 */
export async function openStore(config: Pick<Config, 'mode' | 'data' | 'database'>): Promise<Kysely<Schema>> {
  if (config.database === null) return openSqlite(databaseFile(config));
  const db = await openPostgres(config.database);
  await claimMode(db, config.mode);
  return db;
}
