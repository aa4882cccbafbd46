import type { Kysely, Migration } from 'kysely';

/** Ledger, members, documents, devices. Types that SQLite and PostgreSQL both have; `bigint` holds instants. */
export const ledger: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('server_meta')
      .addColumn('key', 'text', (c) => c.primaryKey())
      .addColumn('value', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('businesses')
      .addColumn('business', 'text', (c) => c.primaryKey())
      .addColumn('head', 'bigint', (c) => c.notNull())
      .addColumn('chain', 'text', (c) => c.notNull())
      .addColumn('rev', 'bigint', (c) => c.notNull())
      .execute();
    await createEvents(db);
    await createStreams(db);
    await createMembers(db);
    await createDocuments(db);
    await createDevices(db);
  },
};

async function createEvents(db: Kysely<unknown>) {
  await db.schema
    .createTable('events')
    .addColumn('business', 'text', (c) => c.notNull())
    .addColumn('gseq', 'bigint', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('run', 'text', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('chain', 'text', (c) => c.notNull())
    .addColumn('bytes', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('staff', 'text')
    .addColumn('member', 'text')
    .addColumn('received_at', 'bigint', (c) => c.notNull())
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('booked', 'text', (c) => c.notNull())
    .addColumn('flags', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('events_pk', ['business', 'gseq'])
    .addUniqueConstraint('events_id', ['business', 'id'])
    .addUniqueConstraint('events_stream', ['business', 'device', 'run', 'seq'])
    .execute();
  const index = (name: string, columns: string[]) =>
    db.schema.createIndex(name).on('events').columns(columns).execute();
  await index('events_member', ['business', 'member', 'gseq']);
  await index('events_day', ['business', 'day']);
}

async function createStreams(db: Kysely<unknown>) {
  await db.schema
    .createTable('streams')
    .addColumn('business', 'text', (c) => c.notNull())
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('run', 'text', (c) => c.notNull())
    .addColumn('fork_of', 'text')
    .addColumn('stored_through', 'bigint', (c) => c.notNull())
    .addColumn('stored_hash', 'text', (c) => c.notNull())
    .addColumn('patches_through', 'bigint', (c) => c.notNull())
    .addColumn('durable_through', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('streams_pk', ['business', 'device', 'run'])
    .execute();
  await db.schema
    .createTable('quarantine')
    .addColumn('business', 'text', (c) => c.notNull())
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('run', 'text', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('bytes', 'text', (c) => c.notNull())
    .addColumn('received_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('quarantine_pk', ['business', 'device', 'run', 'seq'])
    .execute();
  await db.schema.createIndex('quarantine_hash').on('quarantine').columns(['business', 'hash']).execute();
}

async function createMembers(db: Kysely<unknown>) {
  await db.schema
    .createTable('members')
    .addColumn('business', 'text', (c) => c.notNull())
    .addColumn('member', 'text', (c) => c.notNull())
    .addColumn('bucket', 'integer', (c) => c.notNull())
    .addColumn('gseq', 'bigint', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('alias_of', 'text')
    .addPrimaryKeyConstraint('members_pk', ['business', 'member'])
    .execute();
  await db.schema.createIndex('members_bucket').on('members').columns(['business', 'bucket']).execute();
  await db.schema
    .createTable('profiles')
    .addColumn('business', 'text', (c) => c.notNull())
    .addColumn('member', 'text', (c) => c.notNull())
    .addColumn('rev', 'bigint', (c) => c.notNull())
    .addColumn('data', 'text')
    .addPrimaryKeyConstraint('profiles_pk', ['business', 'member'])
    .execute();
  await db.schema.createIndex('profiles_rev').on('profiles').columns(['business', 'rev']).execute();
}

async function createDocuments(db: Kysely<unknown>) {
  await db.schema
    .createTable('documents')
    .addColumn('business', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('rev', 'bigint', (c) => c.notNull())
    .addColumn('ref', 'text')
    .addColumn('data', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('documents_pk', ['business', 'kind', 'id'])
    .execute();
  await db.schema.createIndex('documents_rev').on('documents').columns(['business', 'rev']).execute();
  await db.schema.createIndex('documents_ref').on('documents').columns(['business', 'kind', 'ref']).execute();
}

async function createDevices(db: Kysely<unknown>) {
  await db.schema
    .createTable('devices')
    .addColumn('device', 'text', (c) => c.primaryKey())
    .addColumn('business', 'text', (c) => c.notNull())
    .addColumn('x', 'text', (c) => c.notNull())
    .addColumn('y', 'text', (c) => c.notNull())
    .addColumn('paired_at', 'bigint', (c) => c.notNull())
    .addColumn('revoked_at', 'bigint')
    .addColumn('seen_at', 'bigint', (c) => c.notNull())
    .addColumn('health', 'text')
    .execute();
  await db.schema.createIndex('devices_business').on('devices').columns(['business']).execute();
  await db.schema
    .createTable('pairing_codes')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('business', 'text', (c) => c.notNull())
    .addColumn('device_name', 'text', (c) => c.notNull())
    .addColumn('location', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('reusable', 'integer', (c) => c.notNull())
    .execute();
}
