import type { Kysely, Migration } from 'kysely';
import { Migrator, PostgresAdapter, sql } from 'kysely';
import { ledger } from './migrations/001-ledger.ts';
import { office } from './migrations/010-office.ts';
import { card } from './migrations/020-card.ts';
import { safety } from './migrations/030-safety.ts';
import { risk } from './migrations/040-risk.ts';
import { devices } from './migrations/050-devices.ts';
import { patterns } from './migrations/051-patterns.ts';
import { jobs } from './migrations/070-jobs.ts';
import type { Schema } from './schema.ts';

/** In order of their names; a migration that has been released is never changed. */
const migrations = {
  '001-ledger': ledger,
  '010-office': office,
  '020-card': card,
  '030-safety': safety,
  '040-risk': risk,
  '050-devices': devices,
  '051-patterns': patterns,
  '070-jobs': jobs,
};

/** Runs one migration; PostgreSQL needs something around it. */
type Around = (db: Kysely<unknown>, run: () => Promise<void>) => Promise<void>;

/** The name of the last one. */
export function lastMigration(): string {
  return Object.keys(migrations).sort().at(-1) ?? '';
}

/** Whether this version knows the tables that a database with that last migration has. */
export function isKnownMigration(name: string): boolean {
  return Object.hasOwn(migrations, name);
}

/**
 * Brings the database to this version's tables, or, for a backup of an older one, to those that were there after the
 * migration `to`. Throws what the failing migration threw.
 */
export async function migrate(
  db: Kysely<Schema>,
  around: Around = (_, run) => run(),
  to: string = lastMigration(),
): Promise<void> {
  const wrapped = Object.entries<Migration>(migrations).map(([name, { up }]): [string, Migration] => [
    name,
    { up: (trx) => around(trx, () => up(trx)) },
  ]);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => Object.fromEntries(wrapped) },
    ...(await schemaOf(db)),
  });
  const { error } = await migrator.migrateTo(to);
  if (error) throw error;
}

/** A database of PostgreSQL may hold an older copy of all tables in another schema, which is none of ours. */
async function schemaOf(db: Kysely<Schema>): Promise<{ readonly migrationTableSchema?: string }> {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return {};
  const { rows } = await sql<{ name: string }>`select current_schema()::text as name`.execute(db);
  return rows[0] ? { migrationTableSchema: rows[0].name } : {};
}
