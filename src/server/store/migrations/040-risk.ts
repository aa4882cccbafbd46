import { sql, type Kysely, type Migration } from 'kysely';

/** Rewards that are kept for vouchers on customers' phones, and quick ways to what a member or a till has redeemed. */
export const risk: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('reservations')
      .addColumn('business', 'text', (c) => c.notNull())
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('member', 'text', (c) => c.notNull())
      .addColumn('card', 'text', (c) => c.notNull())
      .addColumn('reward', 'text', (c) => c.notNull())
      .addColumn('voucher', 'text')
      .addColumn('due', 'text')
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .addColumn('ends_at', 'bigint', (c) => c.notNull())
      .addColumn('used_by', 'text')
      .addPrimaryKeyConstraint('reservations_pk', ['business', 'id'])
      .execute();
    await db.schema
      .createIndex('reservations_member')
      .on('reservations')
      .columns(['business', 'member', 'made_at'])
      .execute();
    // Only for the few events that they are about, so that storing all the others costs nothing more.
    await db.schema
      .createIndex('events_redeemed')
      .on('events')
      .columns(['business', 'member', 'gseq'])
      .where(sql<boolean>`kind = 'redeemed'`)
      .execute();
    await db.schema
      .createIndex('events_given')
      .on('events')
      .columns(['business', 'device', 'gseq'])
      .where(sql<boolean>`kind in ('redeemed', 'voided')`)
      .execute();
  },
};
