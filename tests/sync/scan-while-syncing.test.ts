import { expect, test } from 'vitest';
import { barWithSale, coffee, memberState, scan, sell } from './acts.ts';
import { eachWorld } from './eachWorld.ts';
import type { Tablet, World } from './world.ts';

let world: World;
eachWorld((made) => (world = made));

/** Scans again and again while the till syncs; gives every stamp balance that was seen. */
async function seenWhileSyncing(tablet: Tablet, text: string): Promise<ReadonlySet<number | undefined>> {
  const seen = new Set<number | undefined>();
  const run = { on: true };
  const sync = tablet.till.syncOnce().finally(() => (run.on = false));
  const look = async () => {
    while (run.on) seen.add((await scan(tablet, text)).view.balances[0]?.amount);
  };
  await Promise.all([sync, ...Array.from({ length: 5 }, look)]);
  expect(await sync).toBe(true);
  return seen;
}

test('states that another tab has just pulled are never taken together with the own sales that they include', async () => {
  const bar = await world.tablet('Bar', 1);
  const [customer, ...others] = [await world.join(), await world.join(), await world.join(), await world.join()];
  await bar.till.syncOnce();
  // The others push the customer out of the strip, and so out of the second tab's memory.
  for (const { text } of [customer, ...others]) await sell(bar, text, coffee(1000));
  const tab = await world.reopen(bar, 11);
  await bar.till.syncOnce();
  expect((await scan(tab, customer.text)).state).toEqual(await memberState(world, customer.member));
});

test('a customer who is scanned while fresh states take over is never unknown', async () => {
  const { bar, customer } = await barWithSale(world);
  await world.restore(await world.backup(), 'epoch-2');
  expect([...(await seenWhileSyncing(bar, customer.text))]).toEqual([1]);
  expect((await scan(bar, customer.text)).state).toEqual(await memberState(world, customer.member));
});
