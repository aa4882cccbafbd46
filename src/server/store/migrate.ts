import type { Kysely, Migration } from 'kysely';
import { Migrator } from 'kysely';
import { ledger } from './migrations/001-ledger.ts';
import { office } from './migrations/010-office.ts';
import { card } from './migrations/020-card.ts';
import { safety } from './migrations/030-safety.ts';
import { devices } from './migrations/050-devices.ts';
import type { Schema } from './schema.ts';

/** In order of their names; a migration that has been released is never changed. */
const migrations = {
  '001-ledger': ledger,
  '010-office': office,
  '020-card': card,
  '030-safety': safety,
  '050-devices': devices,
};

/** Runs one migration; PostgreSQL needs something around it. */
type Around = (db: Kysely<unknown>, run: () => Promise<void>) => Promise<void>;

/** Brings the database to this version's tables. Throws what the failing migration threw. */
export async function migrate(db: Kysely<Schema>, around: Around = (_, run) => run()): Promise<void> {
  const wrapped = Object.entries<Migration>(migrations).map(([name, { up }]): [string, Migration] => [
    name,
    { up: (trx) => around(trx, () => up(trx)) },
  ]);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => Object.fromEntries(wrapped) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
