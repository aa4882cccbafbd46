import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/loyalty/facts.ts';
import type { Limit, Program } from '../../src/loyalty/program.ts';
import { poolOf, type SharePool } from '../../src/loyalty/limits/shares.ts';
import type { Document } from '../../src/protocol/documents.ts';
import { createApp } from '../../src/server/app.ts';
import { createLiveHub } from '../../src/server/live.ts';
import { grantAllShares } from '../../src/server/jobs/shareJob.ts';
import { getDocument, listDocuments } from '../../src/server/store/documents.ts';
import { createTestDeps } from '../../src/server/testing/testDeps.ts';
import { TEST_SHOP, testProgram } from '../../src/server/testing/testShop.ts';
import { publishProgram } from '../../src/server/usecases/office/program.ts';
import { revokeDevice } from '../../src/server/usecases/pair.ts';
import { forgetClosedPools, grantShares } from '../../src/server/usecases/shares/grantShares.ts';
import type { SimTill } from './simTill.ts';
import { NO_LIMITS, startTestServer, type TestServer } from './testServer.ts';

const DAY = '2026-03-02';
const DAY_MS = 86_400_000;
const limit: Limit = { n: 5, per: 'business', window: { kind: 'calendar', of: 'day' } };
const limitedTo = (...limits: readonly Limit[]): Program => ({
  ...testProgram,
  rewards: testProgram.rewards.map((reward) => ({ ...reward, limits })),
});
const gift = testProgram.rewards[0]?.id ?? '';
const poolAt = (day: string, of: Limit = limit) => poolOf(`reward:${gift}`, of, day) ?? '';
const POOL = poolAt(DAY);

const poolNamed = async (server: TestServer, pool = POOL): Promise<SharePool | null> =>
  getDocument(server.deps.db, TEST_SHOP, 'shares', pool);
const account = async (server: TestServer, till: SimTill, pool = POOL) =>
  (await poolNamed(server, pool))?.accounts[till.device];
const granted = async (server: TestServer, pool = POOL) =>
  Object.values((await poolNamed(server, pool))?.accounts ?? {}).reduce((sum, each) => sum + each.granted, 0);

/** Two tills, and a program with limits in force. */
async function limitedShop(limits: readonly Limit[] = [limit]) {
  const server = await startTestServer(NO_LIMITS, limitedTo(...limits));
  const [bar, door] = [await server.till(11), await server.till(12)];
  await grantShares(server.deps, TEST_SHOP);
  return { server, bar, door };
}

const give = (till: SimTill, share: string, n = 1): string =>
  till.record(`m-${n}`, {
    kind: 'redeemed',
    reward: gift,
    voucher: `full/${n}`,
    due: null,
    approvedBy: null,
    shares: [share],
  } as Fact);

describe('granting', () => {
  test('goes with the publication of the offer, evenly, and once', async () => {
    const server = await startTestServer();
    const [bar, door] = [await server.till(11), await server.till(12)];
    const shop = await getDocument(server.deps.db, TEST_SHOP, 'business', TEST_SHOP);
    const basis = shop?.program ?? '';
    const published = await publishProgram(server.deps, TEST_SHOP, { program: limitedTo(limit), basis });
    expect(published.ok).toBe(true);
    const two = [await account(server, bar), await account(server, door)].map((each) => each?.granted);
    expect(two.toSorted()).toEqual([2, 3]);
    // Three days ahead, as far as tills may redeem without a network.
    for (const day of ['2026-03-03', '2026-03-04', '2026-03-05']) expect(await granted(server, poolAt(day))).toBe(5);
    expect(await granted(server, poolAt('2026-03-06'))).toBe(0);
    const before = await server.dump();
    await grantAllShares(server.deps);
    expect(await server.dump()).toBe(before);
    await bar.pull();
    const there = bar.documents.get(`shares/${POOL}`) as Extract<Document, { kind: 'shares' }>;
    expect(there.data).toEqual(await poolNamed(server));
  });

  test('comes before a window opens, and follows a limit that was raised, not one that was lowered', async () => {
    const { server } = await limitedShop();
    server.deps.clock.advance(DAY_MS);
    await grantAllShares(server.deps);
    expect(await granted(server, poolAt('2026-03-06'))).toBe(5);
    const publish = async (n: number) => {
      const basis = (await getDocument(server.deps.db, TEST_SHOP, 'business', TEST_SHOP))?.program ?? '';
      await publishProgram(server.deps, TEST_SHOP, { program: limitedTo({ ...limit, n }), basis });
    };
    await publish(9);
    expect(await granted(server, poolAt('2026-03-06'))).toBe(9);
    // The day before is over.
    expect(await granted(server)).toBe(5);
    await publish(3);
    expect(await granted(server, poolAt('2026-03-06'))).toBe(9);
    server.deps.clock.advance(DAY_MS);
    await grantAllShares(server.deps);
    expect(await granted(server, poolAt('2026-03-07'))).toBe(3);
  });

  test.each(['week', 'month', 'quarter', 'halfYear', 'year'] as const)('knows windows of a %s', async (of) => {
    const wide: Limit = { ...limit, window: { kind: 'calendar', of } };
    const { server } = await limitedShop([wide]);
    expect(await granted(server, poolAt(DAY, wide))).toBe(5);
    expect(await listDocuments(server.deps.db, TEST_SHOP, 'shares')).toHaveLength(1);
  });

  test('a limit for all time is granted once for all time', async () => {
    const ever: Limit = { ...limit, window: { kind: 'allTime' } };
    const { server } = await limitedShop([ever]);
    server.deps.clock.advance(400 * DAY_MS);
    await grantAllShares(server.deps);
    expect(await granted(server, poolAt(DAY, ever))).toBe(5);
  });

  test('passes by tills that were not seen for a week, and never takes back what they have', async () => {
    const { server, bar, door } = await limitedShop();
    server.deps.clock.advance(6 * DAY_MS);
    await bar.push();
    server.deps.clock.advance(2 * DAY_MS);
    await grantAllShares(server.deps);
    const later = poolAt('2026-03-12');
    expect(await account(server, bar, later)).toMatchObject({ granted: 5 });
    expect(await account(server, door, later)).toBeUndefined();
    expect(await granted(server)).toBe(5);
  });

  test('two processes that grant at once grant once', async () => {
    const server = await startTestServer(NO_LIMITS, limitedTo(limit));
    await server.till(11);
    await server.till(12);
    const other = { ...server.deps, live: createLiveHub() };
    const done = await Promise.all([
      grantShares(server.deps, TEST_SHOP),
      grantShares(other, TEST_SHOP),
      grantShares(server.deps, TEST_SHOP),
    ]);
    expect(done.filter((n) => n > 0)).toHaveLength(1);
    for (const pool of await listDocuments(server.deps.db, TEST_SHOP, 'shares')) {
      expect(await granted(server, pool.id)).toBe(5);
    }
  });

  test('what was granted before the server died in the middle is either there or not at all', async () => {
    const server = await startTestServer(NO_LIMITS, limitedTo(limit));
    await server.till(11);
    let left = 3;
    const random = {
      ...server.deps.random,
      // The second act's id is asked for, and then the process is gone.
      id: () => {
        left -= 1;
        if (left < 0) throw new Error('killed');
        return server.deps.random.id();
      },
    };
    await expect(grantShares({ ...server.deps, random }, TEST_SHOP)).rejects.toThrow('killed');
    expect(await listDocuments(server.deps.db, TEST_SHOP, 'shares')).toEqual([]);
    await grantShares(server.deps, TEST_SHOP);
    expect(await granted(server)).toBe(5);
  });

  test('without limits nothing happens, and no till can grant itself anything', async () => {
    const server = await startTestServer();
    const bar = await server.till(11);
    expect(await grantShares(server.deps, TEST_SHOP)).toBe(0);
    bar.record(null, { kind: 'shareGranted', pool: POOL, to: [{ device: bar.device, n: 99 }] });
    expect((await bar.push()).results).toEqual([{ seq: 1, result: 'quarantined', code: 'unknownKind' }]);
    expect(await poolNamed(server)).toBeNull();
  });
});

describe('a restored server', () => {
  /** The same database goes on under another epoch, as after a restore. */
  async function restored(server: TestServer): Promise<TestServer['deps']> {
    const deps = await createTestDeps();
    deps.clock.set(server.deps.clock.now());
    for (const table of ['businesses', 'devices', 'documents', 'events', 'streams', 'members'] as const) {
      await deps.db.deleteFrom(table).execute();
      const rows = await server.deps.db.selectFrom(table).selectAll().execute();
      for (const row of rows) await deps.db.insertInto(table).values(row).execute();
    }
    await deps.db.updateTable('server_meta').set({ value: 'life-2' }).where('key', '=', 'epoch').execute();
    return deps;
  }
  const grantedAt = async (deps: TestServer['deps'], pool: string) =>
    Object.values((await getDocument(deps.db, TEST_SHOP, 'shares', pool))?.accounts ?? {}).reduce(
      (sum, each) => sum + each.granted,
      0,
    );

  test('grants nothing of a window that the server before it may have granted, and all of later ones', async () => {
    const server = await startTestServer(NO_LIMITS, limitedTo(limit));
    await server.till(11);
    // The backup is from before anything was granted.
    const deps = await restored(server);
    deps.clock.advance(1000);
    await grantAllShares(deps);
    for (const day of [DAY, '2026-03-03', '2026-03-05']) expect(await grantedAt(deps, poolAt(day))).toBe(0);
    for (let day = 0; day < 5; day++) {
      deps.clock.advance(DAY_MS);
      await deps.db.updateTable('devices').set({ seen_at: deps.clock.now() }).execute();
      await grantAllShares(deps);
    }
    // Today, 2 March, it reached to the 5th; one day more is kept clear.
    for (const day of [DAY, '2026-03-05', '2026-03-06']) expect(await grantedAt(deps, poolAt(day))).toBe(0);
    for (const day of ['2026-03-07', '2026-03-08']) expect(await grantedAt(deps, poolAt(day))).toBe(5);
  });

  test('keeps what the backup knows, and grants an offer that is new in this life at once', async () => {
    const ever: Limit = { ...limit, window: { kind: 'allTime' } };
    const { server } = await limitedShop([ever]);
    const deps = await restored(server);
    deps.clock.advance(1000);
    await grantAllShares(deps);
    expect(await grantedAt(deps, poolAt(DAY, ever))).toBe(5);
    const basis = (await getDocument(deps.db, TEST_SHOP, 'business', TEST_SHOP))?.program ?? '';
    const program = limitedTo({ ...ever, n: 8 });
    const [first] = program.rewards;
    if (!first) throw new Error('no reward');
    const more = { ...program, rewards: [...program.rewards, { ...first, id: 'new-offer', limits: [ever] }] };
    expect(await publishProgram(deps, TEST_SHOP, { program: more, basis })).toMatchObject({ ok: true });
    expect(await grantedAt(deps, poolAt(DAY, ever))).toBe(5);
    expect(await grantedAt(deps, 'reward:new-offer/business/ever/ever')).toBe(5);
  });

  /** Publishes an offer that is not in the program yet, or a program as it is. */
  const publish = async (deps: TestServer['deps'], program: Program) => {
    const basis = (await getDocument(deps.db, TEST_SHOP, 'business', TEST_SHOP))?.program ?? '';
    expect(await publishProgram(deps, TEST_SHOP, { program, basis })).toMatchObject({ ok: true });
  };
  const withOffer = (id: string): Program => {
    const [first] = testProgram.rewards;
    if (!first) throw new Error('no reward');
    return { ...testProgram, rewards: [...testProgram.rewards, { ...first, id, limits: [limit] }] };
  };
  const offered = (id: string) => `reward:${id}/business/day/${DAY}`;

  test('grants nothing anew of an offer that is taken out and published again exactly as it was', async () => {
    const server = await startTestServer();
    await server.till(11);
    await publish(server.deps, withOffer('brunch'));
    await publish(server.deps, testProgram);
    // The backup knows the offer, and nothing of what is granted of it after it came back.
    const deps = await restored(server);
    await deps.db.deleteFrom('documents').where('kind', '=', 'shares').execute();
    deps.clock.advance(1000);
    await grantAllShares(deps);
    await publish(deps, withOffer('brunch'));
    expect(await grantedAt(deps, offered('brunch'))).toBe(0);
    await publish(deps, withOffer('supper'));
    expect(await grantedAt(deps, offered('supper'))).toBe(5);
    // Out and in again in the same life: it is still of this life, and was granted once.
    await publish(deps, testProgram);
    await publish(deps, withOffer('supper'));
    expect(await grantedAt(deps, offered('supper'))).toBe(5);
    expect(await grantedAt(deps, offered('brunch'))).toBe(0);
  });

  test('does not depend on clocks: the server before it may have been ahead', async () => {
    const server = await startTestServer();
    await server.till(11);
    server.deps.clock.advance(60_000);
    await publish(server.deps, withOffer('brunch'));
    await publish(server.deps, testProgram);
    const deps = await restored(server);
    await deps.db.deleteFrom('documents').where('kind', '=', 'shares').execute();
    deps.clock.advance(-50_000);
    await grantAllShares(deps);
    await publish(deps, withOffer('brunch'));
    expect(await grantedAt(deps, offered('brunch'))).toBe(0);
  });

  test('grants nothing of an offer that a till had to bring back', async () => {
    const server = await startTestServer();
    const bar = await server.till(11);
    const deps = await restored(server);
    await publish(server.deps, withOffer('brunch'));
    await bar.pull();
    const programs = [...bar.documents.values()].flatMap((one) => (one.kind === 'program' ? [one.data] : []));
    const app = createApp(deps, { rates: NO_LIMITS });
    deps.clock.advance(1000);
    await grantAllShares(deps);
    const twin = Object.assign(bar, { server: { ...server, deps, app }, programs });
    expect(await twin.push()).toMatchObject({ storedThrough: 0 });
    const brought = await listDocuments(deps.db, TEST_SHOP, 'program');
    expect(brought.filter(({ program }) => program.rewards.some(({ id }) => id === 'brunch'))).toMatchObject([
      { life: null },
    ]);
    await publish(deps, withOffer('brunch'));
    expect(await grantedAt(deps, offered('brunch'))).toBe(0);
  });
});

describe('using', () => {
  test('counts at the account of the till, once however often it is pushed; a void on the same day gives it back', async () => {
    const { server, bar } = await limitedShop();
    const share = `${POOL}/${bar.device}`;
    const event = give(bar, share);
    expect((await bar.push({ lose: true })).results).toEqual([{ seq: 1, result: 'flagged', codes: ['consumedAhead'] }]);
    await bar.push();
    expect(await account(server, bar)).toMatchObject({ used: 1, released: 0 });
    const [row] = await server.deps.db.selectFrom('events').select('booked').where('id', '=', event).execute();
    expect(JSON.parse(row?.booked ?? '')).toContainEqual({ rule: 'fact', kind: 'share', share, move: 'used', n: 1 });
    bar.record('m-1', { kind: 'voided', target: event, reason: null });
    bar.record('m-1', { kind: 'voided', target: event, reason: null });
    await bar.push();
    expect(await account(server, bar)).toMatchObject({ used: 0 });
  });

  test('a void by another till gives it back to the till that used it; one on the next day to nobody', async () => {
    const { server, bar, door } = await limitedShop();
    const [first, second] = [give(bar, `${POOL}/${bar.device}`, 1), give(bar, `${POOL}/${bar.device}`, 2)];
    await bar.push();
    await door.pull();
    door.record('m-1', { kind: 'voided', target: first, reason: null });
    await door.push();
    expect(await account(server, bar)).toMatchObject({ used: 1 });
    expect(await account(server, door)).toMatchObject({ used: 0 });
    server.deps.clock.advance(DAY_MS);
    await door.pull();
    door.record('m-2', { kind: 'voided', target: second, reason: null });
    await door.push();
    expect(await account(server, bar)).toMatchObject({ used: 1 });
  });

  test('more than the share is booked, flagged, and shown with its cost until it is voided', async () => {
    const { server, bar } = await limitedShop();
    await bar.pull();
    const share = `${POOL}/${bar.device}`;
    const has = (await account(server, bar))?.granted ?? 0;
    for (let n = 1; n <= has; n++) give(bar, share, n);
    const over = give(bar, share, has + 1);
    const { results } = await bar.push();
    expect(results.filter((one) => one.result === 'flagged' && one.codes.includes('shareExceeded'))).toEqual([
      { seq: has + 1, result: 'flagged', codes: ['consumedAhead', 'shareExceeded'] },
    ]);
    const open = async () => (await server.exceptions()).filter((one) => one.kind === 'shareExceeded' && !one.closed);
    expect(await open()).toMatchObject([{ event: over, device: bar.device, reward: gift, cost: 450 }]);
    bar.record(`m-${has + 1}`, { kind: 'voided', target: over, reason: null });
    await bar.push();
    expect(await open()).toEqual([]);
  });

  test("another till's share, a share of another day, none at all, or nonsense: booked at the own account and flagged", async () => {
    const { server, bar, door } = await limitedShop();
    await bar.pull();
    const none = { kind: 'redeemed', reward: gift, voucher: 'full/9', due: null, approvedBy: null } as const;
    give(bar, `${poolAt('2026-03-03')}/${bar.device}`, 1);
    bar.record('m-9', none);
    give(bar, `reward:${gift}/business/day/never/${bar.device}`, 2);
    const { results } = await bar.push();
    for (const result of results) expect(result).toMatchObject({ codes: ['consumedAhead', 'shareExceeded'] });
    expect(results).toHaveLength(3);
    // Where there is something left, another's name is just a wrong name.
    give(bar, `${POOL}/${door.device}`, 3);
    await bar.push();
    expect(await account(server, bar)).toMatchObject({ used: 1 });
    expect(await account(server, door)).toMatchObject({ used: 0 });
  });

  test('a copy of a till uses the same share: what exceeds it is flagged', async () => {
    const { server, bar } = await limitedShop();
    await bar.pull();
    const twin = bar.clone(7);
    const has = (await account(server, bar))?.granted ?? 0;
    for (let n = 1; n <= has; n++) give(bar, `${POOL}/${bar.device}`, n);
    for (let n = 1; n <= has; n++) give(twin, `${POOL}/${twin.device}`, 10 + n);
    await bar.push();
    const { results } = await twin.push();
    expect(results.every((one) => one.result === 'flagged' && one.codes.includes('shareExceeded'))).toBe(true);
    expect(results).toHaveLength(has);
    expect(await account(server, bar)).toMatchObject({ used: 2 * has });
    // Nothing of it is granted again.
    await grantAllShares(server.deps);
    expect(await granted(server)).toBe(5);
  });

  test('a limit per device needs no grant and is held by each', async () => {
    const perTill: Limit = { n: 2, per: 'device', window: { kind: 'calendar', of: 'day' } };
    const { server, bar, door } = await limitedShop([perTill]);
    const pool = poolAt(DAY, perTill);
    for (const till of [bar, door]) for (let n = 1; n <= 3; n++) give(till, `${pool}/${till.device}`, n);
    for (const till of [bar, door]) {
      const { results } = await till.push();
      const over = results.filter((one) => one.result === 'flagged' && one.codes.includes('shareExceeded'));
      expect(over.map(({ seq }) => seq)).toEqual([3]);
      expect(await account(server, till, pool)).toMatchObject({ granted: 0, used: 3 });
    }
  });

  test('what comes after a window is long over is booked and no longer counted', async () => {
    const { server, bar } = await limitedShop();
    await bar.pull();
    give(bar, `${POOL}/${bar.device}`);
    server.deps.clock.advance(70 * DAY_MS);
    await forgetClosedPools(server.deps, TEST_SHOP);
    expect(await poolNamed(server)).toBeNull();
    const { results } = await bar.push();
    expect(results).toEqual([{ seq: 1, result: 'flagged', codes: ['consumedAhead'] }]);
    expect(await poolNamed(server)).toBeNull();
  });
});

describe('releasing', () => {
  test('what a till releases goes to the one that has run out, and never more than there is', async () => {
    const { server, bar, door } = await limitedShop();
    const [has, other] = [(await account(server, bar))?.granted ?? 0, (await account(server, door))?.granted ?? 0];
    for (let n = 1; n <= other; n++) give(door, `${POOL}/${door.device}`, n);
    await door.push();
    bar.record(null, { kind: 'shareReleased', share: `${POOL}/${bar.device}`, n: 1 });
    await bar.push({ lose: true });
    await bar.push();
    expect(await account(server, bar)).toMatchObject({ granted: has, released: 1 });
    expect(await account(server, door)).toMatchObject({ granted: other + 1, used: other });
  });

  test('nobody releases for another, and a till that releases what it has not frees nothing', async () => {
    const { server, bar, door } = await limitedShop();
    bar.record(null, { kind: 'shareReleased', share: `${POOL}/${door.device}`, n: 1 });
    bar.record(null, { kind: 'shareReleased', share: `${POOL}/${bar.device}`, n: 50 });
    await bar.push();
    expect(await account(server, door)).toMatchObject({ released: 0 });
    const accounts = Object.values((await poolNamed(server))?.accounts ?? {});
    const has = (await account(server, bar))?.granted ?? 0;
    const held = await account(server, door);
    // What the bar had is free again, once, and nothing more.
    expect(accounts.reduce((sum, each) => sum + each.granted, 0)).toBeLessThanOrEqual(5 + has);
    expect((held?.granted ?? 0) - (held?.released ?? 0)).toBeLessThanOrEqual(5);
  });

  test('a revoked till keeps its share for ever, unless it gives it up itself', async () => {
    const { server, bar, door } = await limitedShop();
    const has = (await account(server, bar))?.granted ?? 0;
    await revokeDevice(server.deps, TEST_SHOP, bar.device);
    await grantAllShares(server.deps);
    expect(await granted(server)).toBe(5);
    bar.record(null, { kind: 'shareReleased', share: `${POOL}/${bar.device}`, n: has });
    await bar.push();
    expect(await account(server, door)).toMatchObject({ granted: 5 });
  });
});
