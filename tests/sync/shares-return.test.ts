import { describe, expect, it } from 'vitest';
import { poolOf } from '../../src/loyalty/limits/shares.ts';
import type { Limit } from '../../src/loyalty/program.ts';
import { checkBalances } from '../../src/server/rebuild/checkBalances.ts';
import { getDocument, putDocument } from '../../src/server/store/documents.ts';
import { TEST_SHOP, testProgram } from '../../src/server/testing/testShop.ts';
import { pinVerifier } from '../../src/server/usecases/office/pin.ts';
import { createPairingCode, revokeDevice } from '../../src/server/usecases/pair.ts';
import { grantShares } from '../../src/server/usecases/shares/grantShares.ts';
import { coffee, sell } from './acts.ts';
import { eachWorld } from './eachWorld.ts';
import { SimTill } from './simTill.ts';
import { NO_LIMITS, startTestServer, type TestServer } from './testServer.ts';
import { BUSINESS, type World } from './world.ts';

const DAY_MS = 86_400_000;
const limit: Limit = { n: 5, per: 'business', window: { kind: 'calendar', of: 'day' } };
const gift = testProgram.rewards[0]?.id ?? '';
const POOL = poolOf(`reward:${gift}`, limit, '2026-03-02') ?? '';
const NONE = { granted: 0, used: 0, released: 0 };

async function shop() {
  const program = { ...testProgram, rewards: testProgram.rewards.map((reward) => ({ ...reward, limits: [limit] })) };
  const server = await startTestServer(NO_LIMITS, program);
  const [bar, door] = [await server.till(11), await server.till(12)];
  await grantShares(server.deps, TEST_SHOP);
  return { server, bar, door };
}

const accountOf = async ({ deps }: TestServer, till: SimTill) =>
  (await getDocument(deps.db, TEST_SHOP, 'shares', POOL))?.accounts[till.device] ?? NONE;
const held = async (server: TestServer, till: SimTill) => {
  const { granted, used, released } = await accountOf(server, till);
  return granted - used - released;
};

function give(till: SimTill, n: number): void {
  const shares = [`${POOL}/${till.device}`];
  till.record(`m-${n}`, {
    kind: 'redeemed',
    reward: gift,
    voucher: `full/${n}`,
    due: null,
    approvedBy: null,
    shares,
  });
}

async function leave(till: SimTill, wiped?: Readonly<Record<string, number>>): Promise<void> {
  const body = JSON.stringify({ staff: null, ...(wiped && { wiped }) });
  expect((await till.request('POST', '/sync/leave', body)).status).toBe(200);
}

describe('what a till has left of a limit', () => {
  it('goes to the others when it was removed and says that it has wiped itself, once, and never more than there is', async () => {
    const { server, bar, door } = await shop();
    give(bar, 1);
    await bar.push();
    const before = [await held(server, bar), await held(server, door)];
    expect(before.reduce((sum, n) => sum + n, 0)).toBe(4);
    // It may still be at work in another tab.
    await leave(bar);
    await grantShares(server.deps, TEST_SHOP);
    expect([await held(server, bar), await held(server, door)]).toEqual(before);
    await leave(bar, { [bar.run]: bar.seq });
    expect([await held(server, bar), await held(server, door)]).toEqual([0, 4]);
    const after = await server.dump();
    await leave(bar, { [bar.run]: bar.seq });
    expect(await server.dump()).toBe(after);
    // The whole limit is what the two of them have given, and what one of them has left.
    expect((await accountOf(server, bar)).used + (await held(server, door))).toBe(limit.n);
    const check = await checkBalances(server.deps, TEST_SHOP, { repair: false, account: null, progress: () => {} });
    expect(check).toMatchObject({ differing: 0, fault: null, shares: { differing: 0 } });
  });

  it('stays where it is while something of the till is kept aside: it may have used a share', async () => {
    const { server, bar, door } = await shop();
    const before = [await held(server, bar), await held(server, door)];
    const shares = [`${POOL}/${bar.device}`];
    const fact = { kind: 'redeemed', reward: gift, voucher: 'full/1', due: null, approvedBy: null, shares } as const;
    // As a later version of the till records it.
    bar.record('m-1', fact, { change: (event) => ({ ...event, v: 2 }) as unknown as typeof event });
    expect((await bar.push()).results).toMatchObject([{ result: 'quarantined', code: 'unknownKind' }]);
    await leave(bar, { [bar.run]: bar.seq });
    expect([await held(server, bar), await held(server, door)]).toEqual(before);
  });

  it('of windows that are over is left where it is', async () => {
    const { server, bar } = await shop();
    server.deps.clock.advance(DAY_MS);
    await leave(bar, {});
    expect((await accountOf(server, bar)).released).toBe(0);
  });

  it('stays with one that has recorded more than has come, whoever said so', async () => {
    const { server, bar, door } = await shop();
    const before = await held(server, door);
    give(bar, 1);
    give(bar, 2);
    await bar.push({ upTo: 1 });
    await leave(bar, { [bar.run]: 2 });
    expect(await held(server, door)).toBe(before);
    // It forgot to name a run of which it had spoken before.
    const health = {
      build: 'sim',
      unsent: 1,
      oldestUnsentAt: null,
      persisted: true,
      recorded: { [bar.run]: 1, older: 3 },
    };
    const { run, events } = bar;
    const push = { protocol: 1, run: 'older', events: [], patches: [], programs: [], health };
    expect((await bar.request('POST', '/sync/push', JSON.stringify(push))).status).toBe(200);
    await bar.sendEvents(events.slice(1));
    await leave(bar, { [run]: 2 });
    expect(await held(server, door)).toBe(before);
  });

  it('stays with one of which there is a copy, which holds the same', async () => {
    const { server, bar, door } = await shop();
    const before = await held(server, door);
    const twin = bar.clone(7);
    give(bar, 1);
    give(twin, 2);
    await bar.push();
    await twin.push();
    await leave(bar, { [bar.run]: 1 });
    expect(await held(server, door)).toBe(before);
  });

  it('stays with one that was revoked or replaced: it may be giving it out at this moment, without a network', async () => {
    const { server, bar, door } = await shop();
    const before = [await held(server, bar), await held(server, door)];
    const options = { deviceName: 'Bar', location: 'counter', replaces: bar.device };
    const { code } = await createPairingCode(server.deps, TEST_SHOP, options);
    const next = await SimTill.pair(server, 13, code);
    await revokeDevice(server.deps, TEST_SHOP, door.device);
    await grantShares(server.deps, TEST_SHOP);
    expect([await held(server, bar), await held(server, door), await held(server, next)]).toEqual([...before, 0]);
    // And it was.
    give(bar, 1);
    await bar.push();
    expect((await accountOf(server, bar)).used).toBe(1);
    expect(await server.exceptions()).not.toContainEqual(expect.objectContaining({ kind: 'shareExceeded' }));
  });

  it('is released for nobody but the one who asks', async () => {
    const { server, bar, door } = await shop();
    const mine = await held(server, bar);
    const forged = { kind: 'shareReleased', share: `${POOL}/${bar.device}`, n: mine } as const;
    door.record(null, forged, { change: (event) => ({ ...event, device: 'server' }) });
    expect((await door.push()).results).toEqual([{ seq: 1, result: 'quarantined', code: 'foreignDevice' }]);
    await leave(door, { [door.run]: 1 });
    // Neither those of the bar nor, with something of it kept aside, its own.
    expect([await held(server, bar), await held(server, door)]).toEqual([3, 2]);
  });
});

describe('a till that is removed at the counter', () => {
  const PIN = '8351';
  let world: World;
  eachWorld(async (made) => {
    world = made;
    const pin = await pinVerifier(PIN);
    const boss = { id: 'boss', name: 'Boss', role: 'manager', active: true, pin } as const;
    await putDocument(world.deps.db, BUSINESS, { kind: 'staff', id: 'boss', data: boss });
  });

  async function twoTills() {
    const [bar, door] = [await world.tablet('Bar', 1), await world.tablet('Door', 2)];
    const { rewards } = world.program;
    await world.publish({ ...world.program, rewards: rewards.map((reward) => ({ ...reward, limits: [limit] })) });
    await grantShares(world.deps, BUSINESS);
    for (const tablet of [bar, door]) expect(await tablet.till.syncOnce()).toBe(true);
    const pool = poolOf(`reward:${rewards[0]?.id ?? ''}`, limit, '2026-03-10') ?? '';
    const all = async () => {
      const accounts = (await getDocument(world.deps.db, BUSINESS, 'shares', pool))?.accounts ?? {};
      return Object.values(accounts).map(({ granted, used, released }) => granted - used - released);
    };
    return { bar, all };
  }

  it('gives its shares back after it has wiped itself', async () => {
    const { bar, all } = await twoTills();
    const customer = await world.join();
    await sell(bar, customer.text, coffee(500));
    expect(await bar.till.syncOnce()).toBe(true);
    expect((await all()).toSorted()).toEqual([2, 3]);
    const asked: string[] = [];
    const through = bar.ports.network;
    bar.ports.network = (path, init) => {
      asked.push(`${path} ${bar.ports.marker.get() === null ? 'wiped' : 'paired'}`);
      return through(path, init);
    };
    expect(await bar.till.unpair(PIN)).toEqual({ ok: true });
    expect(asked.filter((one) => one.startsWith('/sync/leave'))).toEqual(['/sync/leave paired', '/sync/leave wiped']);
    expect((await all()).toSorted()).toEqual([0, 5]);
  });

  it('keeps them where the server could not be told, or a file alone holds what it has done', async () => {
    const { bar, all } = await twoTills();
    const customer = await world.join();
    await bar.till.syncOnce();
    bar.online(false);
    await sell(bar, customer.text, coffee(500));
    expect(await bar.till.exportJournal()).not.toBeNull();
    bar.online(true);
    expect(await bar.till.unpair(PIN)).toEqual({ ok: true });
    expect((await all()).toSorted()).toEqual([2, 3]);
  });
});
