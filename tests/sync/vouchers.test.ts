import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Redeemed } from '../../src/loyalty/facts.ts';
import type { VoucherAnswer } from '../../src/protocol/card/cardApi.ts';
import type { Event } from '../../src/protocol/event.ts';
import { listDocuments } from '../../src/server/store/documents.ts';
import { reserveReward } from '../../src/server/usecases/card/reserveReward.ts';
import type { PhoneVoucherOffer, Recording } from '../../src/till/till.ts';
import { cases } from './cases.ts';
import { coffee, memberState, scan, sell, syncAll } from './acts.ts';
import { eachWorld } from './eachWorld.ts';
import { BUSINESS, type Tablet, type World } from './world.ts';

let world: World;
let bar: Tablet;
let door: Tablet;
type Customer = Awaited<ReturnType<World['join']>>;

eachWorld(async (made) => {
  world = made;
  bar = await world.tablet('Bar', 1);
  door = await world.tablet('Door', 2);
});

/** A customer with so many points that both tills know of, and no network at either. */
async function customerWith(points: number, stamps = 0): Promise<Customer> {
  const customer = await world.join();
  await bar.till.syncOnce();
  await sell(bar, customer.text, coffee(points * 100, Math.max(1, stamps)));
  for (const tablet of [bar, door, bar]) await tablet.till.syncOnce();
  await blind();
  return customer;
}

/** The network goes, and both tills have noticed. */
async function blind(): Promise<void> {
  for (const tablet of [bar, door]) {
    tablet.online(false);
    await tablet.till.syncOnce();
  }
}

function ask({ card, member }: Customer, reward: string, voucher: string | null = null): Promise<VoucherAnswer> {
  return reserveReward(
    world.deps as Parameters<typeof reserveReward>[0],
    { business: BUSINESS, card, member },
    { reward, voucher },
  );
}

async function codeFor(customer: Customer, reward: string): Promise<string> {
  const answer = await ask(customer, reward);
  if (!answer.ok) throw new Error(answer.because);
  return answer.voucher.text;
}

/** What a till does when it sees the code and staff tap "give". */
async function give(tablet: Tablet, text: string): Promise<Recording | { readonly ok: false; readonly face: string }> {
  const found = await tablet.till.identify(text, 'camera');
  if (!found.ok) return { ok: false, face: found.reason };
  const { voucher: offer } = found;
  if (offer === undefined) return { ok: false, face: 'no voucher' };
  return tablet.till.record(found.customer, requestOf(offer));
}

const requestOf = ({ reservation: id, reward, voucher, due, until }: PhoneVoucherOffer) =>
  ({ kind: 'redeem', reward, voucher, reservation: { id, due, until } }) as const;

const exceptions = () => listDocuments(world.deps.db, BUSINESS, 'exception');

async function redemptions(): Promise<readonly (Event & { fact: Redeemed })[]> {
  const rows = await world.deps.db.selectFrom('events').select('bytes').where('kind', '=', 'redeemed').execute();
  return rows.map(({ bytes }) => JSON.parse(bytes) as Event & { fact: Redeemed });
}

describe('a voucher that the customer’s phone fetched', () => {
  test('is taken by a till without network, once, beyond what that till may give by itself', async () => {
    const customer = await customerWith(300);
    const held = await memberState(world, customer.member);
    const points = held?.lots.reduce((sum, { left }) => sum + left, 0) ?? 0;
    for (let n = 0; n < 2; n += 1) {
      const given = await give(bar, await codeFor(customer, 'coffee'));
      expect(given).toMatchObject({ ok: true });
      world.clock.now += 1000;
      // The till has no word of the first one from the server, and counts it itself.
      await bar.till.syncOnce();
      await syncAll(bar, door, bar);
      await blind();
    }
    expect(await exceptions()).toEqual([]);
    const state = await memberState(world, customer.member);
    const price = world.program.rewards.find(({ id }) => id === 'coffee')?.cost?.amount ?? 0;
    expect(state?.holds).toBeUndefined();
    expect(state?.lots.reduce((sum, { left }) => sum + left, 0)).toBe(points - 2 * price);
    expect((await redemptions()).map(({ fact }) => [fact.approvedBy, fact.reservation?.length])).toEqual([
      [null, 32],
      [null, 32],
    ]);
  });

  test('says at the same till that it has been used, and works again where that was taken back', async () => {
    const customer = await customerWith(300);
    const text = await codeFor(customer, 'coffee');
    const given = await give(bar, text);
    expect(await give(bar, text)).toEqual({ ok: false, face: 'voucherUsed' });
    if (!given.ok || !('event' in given)) throw new Error('not given');
    await bar.till.undo(given.event);
    expect(await give(bar, text)).toMatchObject({ ok: true });
    await syncAll(bar, door, bar);
    expect(await exceptions()).toEqual([]);
  });

  test('keeps its reward: nobody else has it meanwhile, and a till that knows says so', async () => {
    const customer = await customerWith(120);
    await codeFor(customer, 'coffee');
    await syncAll(bar, door, bar);
    const request = { kind: 'redeem', reward: 'coffee', voucher: null } as const;
    const refused = await door.till.record(await scan(door, customer.text), request, { approvedBy: 'manager' });
    expect(refused).toMatchObject({ ok: false, refusal: { kind: 'held' } });
    world.clock.now += 5 * 60_000 + 1000;
    await syncAll(bar, door, bar);
    expect(await door.till.record(await scan(door, customer.text), request)).toMatchObject({ ok: true });
  });

  test('is the same one when the phone asks again, and another phone of the member gets none', async () => {
    const customer = await customerWith(120);
    const [first, again] = [await ask(customer, 'coffee'), await ask(customer, 'coffee')];
    expect(again).toMatchObject({ ok: true, voucher: { until: first.ok ? first.voucher.until : 0 } });
    expect(await ask({ ...customer, card: '0f'.repeat(16) }, 'coffee')).toEqual({ ok: false, because: 'held' });
    expect(await ask(customer, 'mug')).toEqual({ ok: false, because: 'notAvailable' });
    expect((await memberState(world, customer.member))?.holds).toHaveLength(1);
  });

  test('has an end, which a clock that was set back does not move', async () => {
    const customer = await customerWith(300);
    const text = await codeFor(customer, 'coffee');
    const late = await codeFor(customer, 'coffee');
    world.clock.now += 5 * 60_000 + 1000;
    expect(await give(bar, text)).toEqual({ ok: false, face: 'voucherExpired' });
    // The till has seen the later time: it recorded something then.
    await sell(bar, customer.text, coffee(100));
    world.clock.now -= 4 * 60_000;
    expect(await give(bar, late)).toMatchObject({ ok: false, refusal: { kind: 'reservationExpired' } });
    world.clock.now -= 24 * 3_600_000;
    expect(await give(door, late)).toMatchObject({ ok: false, refusal: { kind: 'reservationExpired' } });
  });

  test('at two tills that are blind to each other is booked twice, and the second one is an exception', async () => {
    const customer = await customerWith(300, 3);
    const [points, gift] = [await codeFor(customer, 'coffee'), await codeFor(customer, 'gift')];
    for (const text of [points, gift]) {
      expect(await give(bar, text)).toMatchObject({ ok: true });
      expect(await give(door, text)).toMatchObject({ ok: true });
    }
    await syncAll(bar, door, bar);
    const raised = await exceptions();
    expect(raised.map(({ kind }) => kind)).toEqual(['doubleRedemption', 'doubleRedemption']);
    const [bars, doors] = [bar, door].map(({ till }) => till.shop.get()?.device.id);
    const byId = new Map((await redemptions()).map((event) => [event.id, event]));
    for (const one of raised) {
      expect(one.device).toBe(doors);
      expect(byId.get(one.pair ?? '')?.device).toBe(bars);
      expect(one.toward).toBe('member');
    }
    // The gift is lost; the second coffee was paid from the balance.
    expect(raised.map(({ reward, cost }) => [reward, cost]).sort()).toEqual([
      ['coffee', 0],
      ['gift', 350],
    ]);
  });

  test('of another shop, or that nobody signed, has its own face', async () => {
    const customer = await customerWith(300);
    const text = await codeFor(customer, 'coffee');
    const at = text.length - 20;
    const forged = `${text.slice(0, at)}${text.charAt(at) === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
    expect(await give(bar, forged)).toEqual({ ok: false, face: 'forged' });
    expect(await give(bar, text)).toMatchObject({ ok: true });
  });
});

test('whatever happens around them, no voucher pays two redemptions without an exception', async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('ask' as const), reward: fc.constantFrom('coffee', 'gift') }),
    fc.record({ do: fc.constant('give' as const), till: fc.nat(1), code: fc.nat(5) }),
    fc.record({ do: fc.constant('undo' as const), till: fc.nat(1) }),
    fc.record({ do: fc.constant('sync' as const), till: fc.nat(1) }),
    fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: -3, max: 4 }) }),
  );
  let doubled = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30 }), async (steps) => {
      const customer = await customerWith(500, 6);
      const codes: string[] = [];
      const last: (string | null)[] = [null, null];
      const tablets = [bar, door];
      for (const one of steps) {
        const at = 'till' in one ? one.till : 0;
        const tablet = tablets[at] ?? bar;
        if (one.do === 'ask') {
          const answer = await ask(customer, one.reward);
          if (answer.ok) codes.push(answer.voucher.text);
        } else if (one.do === 'give') {
          const given = await give(tablet, codes[one.code % Math.max(1, codes.length)] ?? 'nothing');
          if (given.ok) last[at] = given.event;
        } else if (one.do === 'undo' && last[at]) {
          await tablet.till.undo(last[at], { approvedBy: 'manager', reason: 'wrong' });
          last[at] = null;
        } else if (one.do === 'sync') {
          tablet.online(true);
          await tablet.till.syncOnce();
          tablet.online(false);
          await tablet.till.syncOnce();
        } else if (one.do === 'wait') world.clock.now += one.minutes * 60_000;
      }
      await syncAll(bar, door, bar);
      const state = await memberState(world, customer.member);
      const standing = (await redemptions()).filter(({ id }) => state?.reversed[id]?.whole !== true);
      const raised = new Set(
        (await exceptions()).filter(({ kind }) => kind === 'doubleRedemption').map((e) => e.event),
      );
      const byReservation = Map.groupBy(
        standing.filter((event) => event.member === customer.member || event.credential?.id === customer.card),
        ({ fact }) => fact.reservation ?? '',
      );
      for (const [reservation, uses] of byReservation) {
        if (reservation === '') continue;
        doubled += uses.length - 1;
        expect(uses.filter(({ id }) => !raised.has(id)).length).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: cases(25) },
  );
  // It did happen that two tills took the same one.
  expect(doubled).toBeGreaterThan(0);
}, 120_000);
