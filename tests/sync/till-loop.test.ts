import { expect, test, vi } from 'vitest';
import { coffee, ledgerSize, scan, sell } from './acts.ts';
import { eachWorld } from './eachWorld.ts';
import type { World } from './world.ts';

let world: World;
eachWorld((made) => (world = made));

const SOON = { timeout: 20_000, interval: 20 };

test('a till brings a sale by itself, and learns of another till by the live hint, long before it would ask', async () => {
  const customer = await world.join();
  const paired = await world.tablet('Bar', 1);
  await paired.till.close();
  const bar = await world.reopen(paired, 3, true);
  await vi.waitFor(() => expect(bar.till.status.get().connection).toBe('online'), SOON);
  const before = await ledgerSize(world);
  await sell(bar, customer.text, coffee(1000));
  await vi.waitFor(() => expect(bar.till.status.get().unsent).toBe(0), SOON);
  expect(await ledgerSize(world)).toBe(before + 1);
  const door = await world.tablet('Door', 2);
  await sell(door, customer.text, coffee(2000));
  await door.till.syncOnce();
  await vi.waitFor(async () => {
    const { balances } = (await scan(bar, customer.text)).view;
    expect(balances.map((each) => each.amount)).toEqual([2, 30]);
  }, SOON);
}, 60_000);

test('when the network is back, everything goes out as soon as the browser says so', async () => {
  const customer = await world.join();
  const paired = await world.tablet('Bar', 1);
  await paired.till.close();
  const bar = await world.reopen(paired, 3, true);
  await vi.waitFor(() => expect(bar.till.status.get().connection).toBe('online'), SOON);
  bar.online(false);
  await sell(bar, customer.text, coffee(1000));
  await vi.waitFor(() => expect(bar.till.status.get().connection).toBe('offline'), SOON);
  expect(bar.till.status.get().unsent).toBe(1);
  bar.online(true);
  bar.ports.wake();
  await vi.waitFor(() => expect(bar.till.status.get()).toMatchObject({ unsent: 0, connection: 'online' }), SOON);
}, 60_000);
