import type { Kysely, Migration } from 'kysely';

/** Which server process does what only one of them should do. */
export const jobs: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('job_leases')
      .addColumn('job', 'text', (c) => c.primaryKey())
      .addColumn('holder', 'text', (c) => c.notNull())
      .addColumn('until', 'bigint', (c) => c.notNull())
      .execute();
  },
};
