import type { Kysely, Migration } from 'kysely';

/** Customers' cards: signing keys, phones, recovery. */
export const card: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('card_secrets')
      .addColumn('business', 'text', (c) => c.primaryKey())
      .addColumn('rotation', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('card_signing_keys')
      .addColumn('business', 'text', (c) => c.notNull())
      .addColumn('kid', 'integer', (c) => c.notNull())
      .addColumn('x', 'text', (c) => c.notNull())
      .addColumn('y', 'text', (c) => c.notNull())
      .addColumn('d', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('card_signing_keys_pk', ['business', 'kid'])
      .execute();
    await createPhones(db);
  },
};

async function createPhones(db: Kysely<unknown>) {
  await db.schema
    .createTable('phone_cards')
    .addColumn('business', 'text', (c) => c.notNull())
    .addColumn('card', 'text', (c) => c.notNull())
    .addColumn('member', 'text', (c) => c.notNull())
    .addColumn('token', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('phone_cards_pk', ['business', 'card'])
    .execute();
  await db.schema
    .createTable('card_sessions')
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('business', 'text', (c) => c.notNull())
    .addColumn('card', 'text', (c) => c.notNull())
    .addColumn('comeback_hash', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('seen_at', 'bigint', (c) => c.notNull())
    .addColumn('front_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('card_sessions_pk', ['hash', 'business'])
    .execute();
  await db.schema.createIndex('card_sessions_comeback').on('card_sessions').columns(['comeback_hash']).execute();
  await db.schema
    .createTable('card_joins')
    .addColumn('join_id', 'text', (c) => c.notNull())
    .addColumn('business', 'text', (c) => c.notNull())
    .addColumn('card', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('card_joins_pk', ['business', 'join_id'])
    .execute();
  await db.schema
    .createTable('card_recovery')
    .addColumn('business', 'text', (c) => c.notNull())
    .addColumn('card', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('card_recovery_pk', ['business', 'card'])
    .execute();
  await db.schema.createIndex('card_recovery_hash').on('card_recovery').columns(['hash']).execute();
}
