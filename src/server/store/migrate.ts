import type { Kysely } from 'kysely';
import { Migrator } from 'kysely';
import { ledger } from './migrations/001-ledger.ts';
import { office } from './migrations/010-office.ts';
import { card } from './migrations/020-card.ts';
import type { Schema } from './schema.ts';

/** In order of their names; a migration that has been released is never changed. */
const migrations = {
  '001-ledger': ledger,
  '010-office': office,
  '020-card': card,
};

/** Brings the database to this version's tables. Throws what the failing migration threw. */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
