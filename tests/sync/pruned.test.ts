import { expect, test } from 'vitest';
import { markDurable } from '../../src/server/store/streams.ts';
import { openLedgerDb } from '../../src/till/store/ledgerDb.ts';
import { barWithSale, coffee, memberState, sell } from './acts.ts';
import { eachWorld } from './eachWorld.ts';
import { BUSINESS, type World } from './world.ts';

const DAY_MS = 24 * 3600 * 1000;

let world: World;
eachWorld((made) => (world = made));

test('a till brings its new sales to a server whose backup is older than what the till has kept', async () => {
  const { bar, customer } = await barWithSale(world);
  const backup = await world.backup();
  await sell(bar, customer.text, coffee(1000));
  await sell(bar, customer.text, coffee(1000));
  await bar.till.syncOnce();
  const { device, run } = await world.deps.db
    .selectFrom('streams')
    .select(['device', 'run'])
    .where('device', '!=', 'server')
    .executeTakeFirstOrThrow();
  await markDurable(world.deps.db, BUSINESS, [{ device, run, through: 3 }]);
  // The newer backup that the till relied on turns out to be lost as well, and every journal is over.
  world.clock.now += 50 * DAY_MS;
  for (let hours = 0; hours < 3; hours++) {
    world.clock.now += 2 * 3600 * 1000;
    await bar.till.syncOnce();
  }
  await sell(bar, customer.text, coffee(1000));
  await bar.till.syncOnce();
  world.clock.now += 2 * 3600 * 1000;
  await bar.till.syncOnce();
  const db = openLedgerDb(bar.ports);
  const kept = await db.events.toArray();
  db.close();
  expect(kept.map(({ seq }) => seq)).toEqual([4]);
  await world.restore(backup, 'epoch-2');
  await sell(bar, customer.text, coffee(1000));
  await bar.till.syncOnce();
  await bar.till.syncOnce();
  expect(bar.till.status.get().unsent).toBe(0);
  const days = (await memberState(world, customer.member))?.days ?? {};
  expect(Object.values(days).reduce((sum, { visits }) => sum + visits, 0)).toBe(3);
});
