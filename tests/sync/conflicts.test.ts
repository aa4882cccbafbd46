import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/loyalty/facts.ts';
import { points } from '../../src/loyalty/presets.ts';
import type { MemberState } from '../../src/loyalty/state.ts';
import type { SimTill } from './simTill.ts';
import { NO_LIMITS, startTestServer, type TestServer } from './testServer.ts';

const sale: Fact = { kind: 'sale', total: 900, lines: [], hour: 10, external: null };
const redeem = (voucher: string): Fact => ({ kind: 'redeemed', reward: 'gift', voucher, due: null, approvedBy: null });
const stampsOf = (state: MemberState | null) => (state?.lots ?? []).reduce((sum, lot) => sum + lot.left, 0);
const DAY = 86_400_000;

/** Anna has `n` stamps that both tills know of; then the network goes. Stamps come on days of their own. */
async function twoTills(n: number): Promise<{ server: TestServer; a: SimTill; b: SimTill }> {
  const server = await startTestServer();
  const [a, b] = [await server.till(1), await server.till(2)];
  for (let i = 0; i < n; i++) {
    a.record('anna', sale);
    server.deps.clock.advance(DAY);
  }
  await a.push();
  await a.pull();
  await b.pull();
  return { server, a, b };
}

async function syncAll(...tills: SimTill[]): Promise<void> {
  for (const till of tills) await till.push();
  for (const till of tills) await till.pull();
}

describe('two tills that could not see each other', () => {
  it('both add a stamp: the tenth is found when they are booked, and the gift is there once', async () => {
    const { server, a, b } = await twoTills(8);
    a.record('anna', sale);
    b.record('anna', sale);
    expect(a.view('anna').vouchers).toEqual([]);
    expect(b.view('anna').vouchers).toEqual([]);
    await syncAll(b, a);
    const state = await server.member('anna');
    expect(state?.vouchers.map(({ id, status }) => [id, status])).toEqual([['full/1', 'open']]);
    expect(stampsOf(state)).toBe(0);
    expect(a.view('anna')).toEqual(state);
    expect(b.view('anna')).toEqual(state);
    expect(await server.exceptions()).toEqual([]);
  });

  it('both see the card full: one gift, one stamp of the next card, nobody was told too much', async () => {
    const { server, a, b } = await twoTills(9);
    a.record('anna', sale);
    b.record('anna', sale);
    expect(a.view('anna').vouchers).toHaveLength(1);
    expect(b.view('anna').vouchers).toHaveLength(1);
    await syncAll(a, b);
    const state = await server.member('anna');
    expect(state?.vouchers.map(({ id, status }) => [id, status])).toEqual([['full/1', 'open']]);
    expect(stampsOf(state)).toBe(1);
    expect(await server.exceptions()).toEqual([]);
  });

  it('both give the same gift away: both are booked, one exception says till, person, cost and pair', async () => {
    const { server, a, b } = await twoTills(10);
    const first = b.record('anna', redeem('full/1'));
    const second = a.record('anna', redeem('full/1'));
    await syncAll(b, a);
    const state = await server.member('anna');
    expect(state?.vouchers[0]?.by).toEqual([first, second]);
    expect(await server.exceptions()).toMatchObject([
      {
        kind: 'doubleRedemption',
        event: second,
        pair: first,
        member: 'anna',
        device: a.device,
        staff: 'barista',
        cost: 450,
        reward: 'gift',
        voucher: 'full/1',
        closed: false,
      },
    ]);
    expect(a.documents.get(`exception/doubleRedemption/${second}`)?.rev).toBeGreaterThan(0);
    expect(b.documents.has(`exception/doubleRedemption/${second}`)).toBe(true);
    expect(a.view('anna')).toEqual(b.view('anna'));
  });

  it('taking one of the two back closes the exception', async () => {
    const { server, a, b } = await twoTills(10);
    b.record('anna', redeem('full/1'));
    const second = a.record('anna', redeem('full/1'));
    await syncAll(b, a);
    a.record('anna', { kind: 'voided', target: second, reason: null });
    await syncAll(a, b);
    expect(await server.exceptions()).toMatchObject([{ kind: 'doubleRedemption', closed: true }]);
    expect((await server.member('anna'))?.vouchers[0]).toMatchObject({ status: 'consumed' });
  });

  it('one gives a gift away before the server knows of it: an exception that the stamp then closes', async () => {
    const { server, a, b } = await twoTills(9);
    a.record('anna', sale);
    b.record('anna', redeem('full/1'));
    await b.push();
    expect(await server.exceptions()).toMatchObject([
      { kind: 'consumedAhead', device: b.device, cost: 450, closed: false },
    ]);
    await syncAll(a, b);
    expect(await server.exceptions()).toMatchObject([{ kind: 'consumedAhead', closed: true }]);
    expect((await server.member('anna'))?.vouchers.map(({ status }) => status)).toEqual(['consumed']);
  });

  it('both take back the same sale: it is taken back once', async () => {
    const { server, a, b } = await twoTills(3);
    const target = JSON.parse(a.events[2] ?? '') as { id: string };
    const voided: Fact = { kind: 'voided', target: target.id, reason: null };
    a.record('anna', voided);
    b.record('anna', voided);
    await syncAll(a, b);
    const state = await server.member('anna');
    expect(stampsOf(state)).toBe(2);
    expect(a.admitted.at(-1)?.flags).toEqual(['reversedTwice']);
    expect(await server.exceptions()).toEqual([]);
    expect(a.view('anna')).toEqual(state);
    expect(b.view('anna')).toEqual(state);
  });

  it('a void that comes before its sale waits for it', async () => {
    const { server, a, b } = await twoTills(1);
    const target = a.record('anna', sale);
    b.record('anna', { kind: 'voided', target, reason: null });
    await b.push();
    expect((await server.member('anna'))?.waiting).toHaveLength(1);
    await syncAll(a, b);
    const state = await server.member('anna');
    expect(stampsOf(state)).toBe(1);
    expect(state?.waiting).toEqual([]);
  });

  it('both spend the same points: the second is owed, with its share of the cost, until earnings fill it', async () => {
    const server = await startTestServer(NO_LIMITS, points({ scale: 0, give: 1, per: 100 }));
    const [a, b] = [await server.till(1), await server.till(2)];
    a.record('anna', { ...sale, total: 10_000 });
    await syncAll(a, b);
    const spend: Fact = { kind: 'redeemed', reward: 'coffee', voucher: null, due: null, approvedBy: null };
    a.record('anna', spend);
    const second = b.record('anna', spend);
    await syncAll(a, b);
    // 100 points, a coffee takes 80 and costs the shop 350: 60 of the second one's 80 were not there.
    expect((await server.member('anna'))?.debts).toEqual({ points: 60 });
    const owed = { kind: 'overdrawn', event: second, device: b.device, unit: 'points', reward: 'coffee', cost: 263 };
    expect(await server.exceptions()).toMatchObject([{ ...owed, closed: false }]);
    server.deps.clock.advance(DAY);
    a.record('anna', { ...sale, total: 5000 });
    await a.push();
    expect(await server.exceptions()).toMatchObject([{ ...owed, closed: false }]);
    a.record('anna', { ...sale, total: 1000 });
    await syncAll(a, b);
    expect((await server.member('anna'))?.debts).toEqual({});
    expect(await server.exceptions()).toMatchObject([{ ...owed, closed: true }]);
    expect(b.view('anna')).toEqual(await server.member('anna'));
  });

  it('flags the one who earns all too often, once a day', async () => {
    const { server, a } = await twoTills(0);
    for (let i = 0; i < 6; i++) a.record('anna', sale);
    await a.push({ upTo: 5 });
    await a.push();
    expect(await server.exceptions()).toMatchObject([{ kind: 'earnedTooOften', member: 'anna', device: a.device }]);
  });
});

describe('a copy of a till', () => {
  it('is booked as a branch and shown to the owner, and neither queue stands still', async () => {
    const { server, a } = await twoTills(2);
    const twin = a.clone(9);
    a.record('anna', sale);
    await a.push();
    const forked = twin.record('anna', sale);
    twin.record('anna', sale);
    const answer = await twin.push();
    expect(answer).toMatchObject({ storedThrough: 4, storedHash: twin.prev });
    expect(answer.results.map(({ result }) => result)).toEqual(['flagged', 'flagged']);
    expect(await server.exceptions()).toMatchObject([{ kind: 'fork', event: forked, device: a.device }]);
    twin.record('anna', sale);
    expect((await twin.push()).storedThrough).toBe(5);
    a.record('anna', sale);
    expect((await a.push()).storedHash).toBe(a.prev);
    expect((await twin.push({ from: 2 })).results.every(({ result }) => result === 'duplicate')).toBe(true);
    const runs = await server.deps.db.selectFrom('streams').select(['run', 'stored_through']).orderBy('run').execute();
    expect(runs).toEqual([
      { run: a.run, stored_through: 4 },
      { run: expect.stringMatching(new RegExp(`^${a.run}~[0-9a-f]{8}$`)), stored_through: 5 },
    ]);
    expect((await server.member('anna'))?.days).not.toEqual({});
    expect(stampsOf(await server.member('anna'))).toBe(7);
  });
});
