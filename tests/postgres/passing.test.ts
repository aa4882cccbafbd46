import { sql } from 'kysely';
import { Pool } from 'pg';
import { expect, it, vi } from 'vitest';
import { isPassing } from '../../src/server/store/connection/passing.ts';
import { connectPostgres } from '../../src/server/store/connection/postgres/open.ts';
import { lockBusiness } from '../../src/server/store/businesses.ts';
import { openTestStore, urlOf } from '../../src/server/testing/testStore.ts';
import { TEST_SHOP } from '../../src/server/testing/testShop.ts';
import { startTestServer, type TestServer } from '../sync/testServer.ts';

const SOON = { timeout: 30_000, interval: 20 };

/** How many connections to this database wait for somebody's lock. */
async function waiting({ deps }: TestServer): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(deps.db);
  return rows[0]?.n ?? 0;
}

it('a push that PostgreSQL ends to undo a deadlock is stored all the same, once', async () => {
  const server = await startTestServer();
  const till = await server.till(1);
  till.record('anna', { kind: 'enrolled', via: 'till' });
  let pushed: ReturnType<typeof till.push> | undefined;
  // Locks in the other order than every server does, and never looks for a deadlock: the push is the one that gives way.
  await server.deps.db.transaction().execute(async (trx) => {
    await sql`set local deadlock_timeout = '10min'`.execute(trx);
    await trx.updateTable('devices').set({ health: null }).where('device', '=', till.device).execute();
    pushed = till.push();
    await vi.waitFor(async () => expect(await waiting(server)).toBe(1), SOON);
    await lockBusiness(trx, TEST_SHOP);
  });
  expect(await pushed).toMatchObject({ storedThrough: 1, results: [] });
  expect((await till.push({ from: 0 })).results).toEqual([{ seq: 1, result: 'duplicate' }]);
  const { rows } = await sql<{ n: number }>`select count(*) as n from events`.execute(server.deps.db);
  expect(rows[0]?.n).toBe(1);
});

it('offers that wait leave connections to those with a customer', async () => {
  const server = await startTestServer();
  const [till, other] = [await server.till(1), await server.till(2)];
  // The first pull makes keys, under the lock of the business.
  await other.pull();
  const body = JSON.stringify({ protocol: 1, known: [], admissions: [], programs: [], profiles: [] });
  let offers: readonly Promise<Response>[] = [];
  await server.deps.db.transaction().execute(async (trx) => {
    await lockBusiness(trx, TEST_SHOP);
    offers = Array.from({ length: 12 }, () => till.request('POST', '/sync/offer', body));
    await vi.waitFor(async () => expect(await waiting(server)).toBe(2), SOON);
    // More than the pool of this server, and still there is room; they are let go only after this answer.
    expect((await other.requestPull()).status).toBe(200);
    expect(await waiting(server)).toBe(2);
  });
  for (const offer of offers) expect((await offer).status).toBe(200);
});

it('a connection that PostgreSQL ends in the middle of a transaction ends that request, and not the server', async () => {
  const { db, name } = await openTestStore();
  const store = connectPostgres(urlOf(name, 'regulars_app'), 1);
  const pid = sql<{ pid: number }>`select pg_backend_pid() as pid`;
  let ended = 0;
  const cut = store.transaction().execute(async (trx) => {
    const { rows } = await pid.execute(trx);
    ended = rows[0]?.pid ?? 0;
    await sql`select pg_terminate_backend(${ended})`.execute(db);
    // Nothing is being asked at the moment at which the end comes; an error that nobody hears would end the process.
    await vi.waitFor(async () => {
      const { rows: left } = await sql`select 1 from pg_stat_activity where pid = ${ended}`.execute(db);
      expect(left).toEqual([]);
    }, SOON);
    await new Promise((resolve) => setImmediate(resolve));
    await pid.execute(trx);
  });
  const error: unknown = await cut.catch((reason: unknown) => reason);
  expect([String(error), isPassing(error)]).toEqual([expect.any(String), true]);
  // The only connection of this store was replaced.
  const { rows } = await pid.execute(store);
  expect(rows[0]?.pid).not.toBe(ended);
  await store.destroy();
});

it('a pool that has no connection left, and a server that ends one, are known as what passes', async () => {
  const { name, db } = await openTestStore();
  const pool = new Pool({ connectionString: urlOf(name, 'regulars_app'), max: 1, connectionTimeoutMillis: 3000 });
  pool.on('error', () => {});
  const held = await pool.connect();
  held.on('error', () => {});
  const none: unknown = await pool.connect().catch((error: unknown) => error);
  expect([String(none), isPassing(none)]).toEqual([expect.stringContaining('timeout'), true]);
  const { rows } = await held.query<{ pid: number }>('select pg_backend_pid() as pid');
  const sleeping = held.query('select pg_sleep(60)').catch((error: unknown) => error);
  await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(db);
  expect(isPassing(await sleeping)).toBe(true);
  const after: unknown = await held.query('select 1').catch((error: unknown) => error);
  expect([String(after), isPassing(after)]).toEqual([expect.any(String), true]);
  held.release(true);
  await pool.end();
});
