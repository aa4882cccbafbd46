import { describe, expect, test } from 'vitest';
import type { Limit } from '../../src/loyalty/program.ts';
import type { Document } from '../../src/protocol/documents.ts';
import { createLiveHub } from '../../src/server/live.ts';
import { grantAllShares } from '../../src/server/jobs/shareJob.ts';
import { getDocument, listDocuments } from '../../src/server/store/documents.ts';
import { TEST_SHOP } from '../../src/server/testing/testShop.ts';
import { publishProgram } from '../../src/server/usecases/office/program.ts';
import { revokeDevice } from '../../src/server/usecases/pair.ts';
import { forgetClosedPools, grantShares } from '../../src/server/usecases/shares/grantShares.ts';
import {
  account,
  DAY,
  DAY_MS,
  gift,
  give,
  granted,
  limit,
  limitedShop,
  limitedTo,
  POOL,
  poolAt,
  poolNamed,
} from './limitedShop.ts';
import { NO_LIMITS, startTestServer } from './testServer.ts';

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
