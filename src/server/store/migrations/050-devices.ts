import type { Kysely, Migration } from 'kysely';

/** What tills say of their runs, how they end, and which till a pairing code puts another one in the place of. */
export const devices: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .alterTable('streams')
      .addColumn('recorded_through', 'bigint', (c) => c.notNull().defaultTo(0))
      .execute();
    await db.schema.alterTable('streams').addColumn('left_at', 'bigint').execute();
    await db.schema.alterTable('pairing_codes').addColumn('replaces', 'text').execute();
  },
};
