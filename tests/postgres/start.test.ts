import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/server/store/connection/open.ts';
import { forBusiness } from '../../src/server/store/connection/context.ts';
import { takeLease } from '../../src/server/store/leases.ts';
import { openPostgres } from '../../src/server/store/connection/postgres/open.ts';
import { openTestStore, urlOf } from '../../src/server/testing/testStore.ts';
import { startCluster } from './cluster.ts';

/** A database with tables, as settings name it. */
async function settings(role = 'regulars_app') {
  const { name } = await openTestStore();
  return { url: urlOf(name, role), ownerUrl: urlOf(name, 'regulars_owner'), pool: 2 };
}

describe('a server', () => {
  it('does not start on a PostgreSQL that does not write safely', async () => {
    const given = await settings();
    const late = `${given.url}?options=${encodeURIComponent('-c synchronous_commit=off')}`;
    await expect(openPostgres({ ...given, url: late })).rejects.toThrow('synchronous_commit is off');
    const cluster = await startCluster({ settings: { fsync: 'off' } });
    try {
      await cluster.createDatabase('unsafe');
      const url = cluster.url('unsafe');
      await expect(openPostgres({ url, ownerUrl: null, pool: 2 })).rejects.toThrow('fsync is off');
    } finally {
      await cluster.remove();
    }
  });

  it('does not start as somebody whom row-level security does not hold', async () => {
    await expect(openPostgres(await settings('postgres'))).rejects.toThrow('superuser');
  });

  it('may start many times at once on an empty database, also as the owner of the tables', async () => {
    const { name, db: admin } = await openTestStore();
    await sql`drop schema public cascade`.execute(admin);
    await sql`create schema public authorization regulars_owner`.execute(admin);
    const url = urlOf(name, 'regulars_owner');
    const stores = await Promise.all(Array.from({ length: 5 }, () => openPostgres({ url, ownerUrl: null, pool: 2 })));
    for (const db of stores) {
      expect(await db.selectFrom('events').selectAll().execute()).toEqual([]);
      await db.destroy();
    }
  });

  it('never puts the demo beside live shops', async () => {
    const database = await settings();
    const live = await openStore({ mode: 'live', data: '', database });
    await live.destroy();
    await expect(openStore({ mode: 'demo', data: '', database })).rejects.toThrow('live shops');
  });
});

describe('the store', () => {
  it('keeps every text, whatever is in it', async () => {
    const { db } = await openTestStore();
    const texts = ['\0', 'a\0b\0', '\uFFFE', '\uFFFE0', '\0\uFFFEE', 'ő é 😀', ''];
    for (const [at, value] of texts.entries()) {
      await db
        .insertInto('server_meta')
        .values({ key: `text ${at}`, value })
        .execute();
      const row = await db.selectFrom('server_meta').select('key').where('value', '=', value).executeTakeFirst();
      expect(row?.key).toBe(`text ${at}`);
    }
    const rows = await db
      .selectFrom('server_meta')
      .select('value')
      .where('key', 'like', 'text %')
      .orderBy('key')
      .execute();
    expect(rows.map((row) => row.value)).toEqual(texts);
  });

  it('holds whole numbers exactly, or fails loudly', async () => {
    const { db } = await openTestStore();
    const { rows } = await sql<{ n: number }>`select ${Number.MAX_SAFE_INTEGER}::bigint as n`.execute(db);
    expect(rows).toEqual([{ n: Number.MAX_SAFE_INTEGER }]);
    await expect(sql`select 9007199254740993::bigint as n`.execute(db)).rejects.toThrow('exactly');
  });

  it('takes nothing back of a transaction that failed in the middle, and goes on', async () => {
    const { db } = await openTestStore();
    const broken = forBusiness('north', () =>
      db.transaction().execute(async (trx) => {
        await trx.insertInto('office_setups').values({ business: 'north', finished_at: 1 }).execute();
        await trx.insertInto('office_setups').values({ business: 'north', finished_at: 2 }).execute();
      }),
    );
    await expect(broken).rejects.toThrow('unique constraint');
    const rows = await forBusiness('north', () => db.selectFrom('office_setups').selectAll().execute());
    expect(rows).toEqual([]);
  });

  it('gives a job to one of those who ask at once, and to another one when its time is over', async () => {
    const { db } = await openTestStore();
    const ask = (holder: string, now: number) => takeLease(db, { job: 'nightly', holder, until: now + 100 }, now);
    const asked = await Promise.all(Array.from({ length: 20 }, (_, i) => ask(`process ${i}`, 1000)));
    expect(asked.filter(Boolean)).toHaveLength(1);
    const holder = `process ${asked.indexOf(true)}`;
    expect(await ask(holder, 1050)).toBe(true);
    expect(await ask('another', 1149)).toBe(false);
    expect(await ask('another', 1150)).toBe(true);
  });
});
