import type { Kysely, Migration } from 'kysely';

/** Readmission after a restore, keys for personal data in backups, and checks of the balances. */
export const safety: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .alterTable('streams')
      .addColumn('ahead_through', 'bigint', (c) => c.notNull().defaultTo(0))
      .execute();
    await db.schema
      .createTable('member_keys')
      .addColumn('business', 'text', (c) => c.notNull())
      .addColumn('member', 'text', (c) => c.notNull())
      .addColumn('key', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('member_keys_pk', ['business', 'member'])
      .execute();
    await db.schema
      .createTable('balance_checks')
      .addColumn('business', 'text', (c) => c.notNull())
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('account', 'text')
      .addColumn('result', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('balance_checks_pk', ['business', 'id'])
      .execute();
  },
};
