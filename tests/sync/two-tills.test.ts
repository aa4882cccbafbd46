import { expect, test } from 'vitest';
import { coffee, memberState, redeem, scan, sell, syncAll } from './acts.ts';
import { eachWorld } from './eachWorld.ts';
import type { World } from './world.ts';

let world: World;
eachWorld((made) => (world = made));

test('two tills that each add a stamp without knowing of the other reach the gift together', async () => {
  const bar = await world.tablet('Bar', 1);
  const door = await world.tablet('Door', 2);
  const customer = await world.join();
  await bar.till.syncOnce();
  await sell(bar, customer.text, coffee(1000));
  await bar.till.syncOnce();
  await door.till.syncOnce();
  bar.online(false);
  door.online(false);
  await sell(bar, customer.text, coffee(1000));
  await sell(door, customer.text, coffee(1000));
  expect((await scan(bar, customer.text)).view.available).toEqual([]);
  await syncAll(bar, door, bar);
  const state = await memberState(world, customer.member);
  expect(state?.vouchers.map((voucher) => voucher.status)).toEqual(['open']);
  expect((await scan(bar, customer.text)).state).toEqual(state);
  expect((await scan(door, customer.text)).state).toEqual(state);
  expect((await scan(door, customer.text)).view.available.map((each) => each.reward)).toContain('gift');
});

test('two tills that give the same voucher away offline: both are booked, and the exception names till, person and cost', async () => {
  const bar = await world.tablet('Bar', 1);
  const door = await world.tablet('Door', 2);
  const customer = await world.join();
  await bar.till.syncOnce();
  await sell(bar, customer.text, coffee(3000, 3));
  await bar.till.syncOnce();
  await door.till.syncOnce();
  for (const tablet of [bar, door]) tablet.online(false);
  const first = await redeem(bar, customer.text, 'gift');
  const second = await redeem(door, customer.text, 'gift');
  await syncAll(bar, door, bar);
  const seenBy = await Promise.all([bar, door].map((tablet) => tablet.till.today(null)));
  const { device } = door.till.shop.get() ?? {};
  for (const today of seenBy) {
    expect(today.exceptions).toHaveLength(1);
    expect(today.exceptions[0]).toMatchObject({
      kind: 'doubleRedemption',
      event: second,
      pair: first,
      device: device?.id,
      staff: null,
      cost: 350,
      reward: 'gift',
    });
    expect(today.exceptionCost).toBe(350);
    expect(today.redemptions.map((line) => [line.event, line.flagged])).toEqual(
      expect.arrayContaining([
        [first, false],
        [second, true],
      ]),
    );
    expect(today.tills.map((till) => till.redemptions)).toEqual([1, 1]);
  }
  const state = await memberState(world, customer.member);
  expect((await scan(bar, customer.text)).state).toEqual(state);
  expect((await scan(door, customer.text)).state).toEqual(state);
});

test('two tills that void the same sale take it back once', async () => {
  const bar = await world.tablet('Bar', 1);
  const door = await world.tablet('Door', 2);
  const customer = await world.join();
  await bar.till.syncOnce();
  await sell(bar, customer.text, coffee(1000));
  const sale = await sell(bar, customer.text, coffee(2000));
  await bar.till.syncOnce();
  await door.till.syncOnce();
  for (const tablet of [bar, door]) tablet.online(false);
  const options = { approvedBy: 'manager', reason: 'wrong customer' };
  expect(await bar.till.undo(sale, options)).toMatchObject({ ok: true });
  expect(await door.till.undo(sale, options)).toMatchObject({ ok: true });
  const shown = await scan(bar, customer.text);
  expect(shown.view.balances.map((each) => each.amount)).toEqual([1, 10]);
  await syncAll(bar, door, bar);
  const state = await memberState(world, customer.member);
  expect((await scan(bar, customer.text)).state).toEqual(state);
  expect((await scan(door, customer.text)).state).toEqual(state);
  expect((await scan(door, customer.text)).view.balances.map((each) => each.amount)).toEqual([1, 10]);
  expect((await bar.till.today(null)).sales).toEqual({ count: 1, total: 1000 });
});
