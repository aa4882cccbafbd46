import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MemberState } from '../../src/loyalty/state.ts';
import { readMember } from '../../src/server/store/members.ts';
import type { Sale } from '../../src/loyalty/facts.ts';
import type { Customer } from '../../src/till/till.ts';
import { BUSINESS, makeWorld, type Tablet, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});
afterEach(async () => {
  await world.end();
});

function coffee(total: number, quantity = 1): Sale {
  const line = { product: null, category: 'coffee', quantity, amount: total, given: false };
  return { kind: 'sale', total, lines: [line], hour: 10, external: null };
}

async function scan(tablet: Tablet, text: string): Promise<Customer> {
  const found = await tablet.till.identify(text, 'camera');
  if (!found.ok) throw new Error(found.reason);
  return found.customer;
}

async function sell(tablet: Tablet, text: string, sale: Sale): Promise<string> {
  const recording = await tablet.till.record(await scan(tablet, text), sale, { secondPurchase: true });
  if (!recording.ok) throw new Error(JSON.stringify(recording.refusal));
  return recording.event;
}

async function serverState(member: string): Promise<MemberState | undefined> {
  return (await readMember(world.deps.db, BUSINESS, member))?.state;
}

test('a sale is stored, shown, pushed and pulled, and both sides then hold the same', async () => {
  const tablet = await world.tablet('Bar', 1);
  const customer = await world.join();
  await tablet.till.syncOnce();
  tablet.online(false);
  await sell(tablet, customer.text, coffee(1190));
  const shown = await scan(tablet, customer.text);
  expect(shown.view.balances.map((each) => [each.unit, each.amount])).toEqual([
    ['card', 1],
    ['points', 11],
  ]);
  expect(tablet.till.status.get().unsent).toBe(1);
  expect(await tablet.till.syncOnce()).toBe(false);
  tablet.online(true);
  expect(await tablet.till.syncOnce()).toBe(true);
  expect(tablet.till.status.get().unsent).toBe(0);
  const after = await scan(tablet, customer.text);
  expect(after.state).toEqual(shown.state);
  expect(after.state).toEqual(await serverState(customer.member));
});
