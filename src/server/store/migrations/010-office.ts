import type { Kysely, Migration } from 'kysely';

/** Owner accounts, their sessions, the one-time set-up link, and what slows down guessing. */
export const office: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('office_accounts')
      .addColumn('business', 'text', (c) => c.notNull())
      .addColumn('account', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('email', 'text', (c) => c.notNull())
      .addColumn('password', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('office_accounts_key', ['business', 'account'])
      .execute();
    await db.schema.createIndex('office_accounts_email').unique().on('office_accounts').column('email').execute();
    await db.schema
      .createTable('office_sessions')
      .addColumn('hash', 'text', (c) => c.primaryKey())
      .addColumn('business', 'text', (c) => c.notNull())
      .addColumn('account', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('seen_at', 'bigint', (c) => c.notNull())
      .addColumn('browser', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('office_setups')
      .addColumn('business', 'text', (c) => c.primaryKey())
      .addColumn('finished_at', 'bigint')
      .execute();
    await db.schema
      .createTable('setup_links')
      .addColumn('hash', 'text', (c) => c.primaryKey())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('sign_in_tries')
      .addColumn('key', 'text', (c) => c.primaryKey())
      .addColumn('failures', 'integer', (c) => c.notNull())
      .addColumn('since', 'bigint', (c) => c.notNull())
      .addColumn('blocked_until', 'bigint', (c) => c.notNull())
      .execute();
  },
};
