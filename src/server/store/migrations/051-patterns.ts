import type { Kysely, Migration } from 'kysely';

/** Patterns that the owner has looked at and found fine. */
export const patterns: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('settled_patterns')
      .addColumn('business', 'text', (c) => c.notNull())
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('account', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('settled_patterns_key', ['business', 'id'])
      .execute();
  },
};
