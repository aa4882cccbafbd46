import { expect, test } from 'vitest';
import { getDocument, putDocument } from '../../src/server/store/documents.ts';
import { readEpoch } from '../../src/server/store/epoch.ts';
import { revokeDevice } from '../../src/server/usecases/pair.ts';
import { openCacheDb } from '../../src/till/store/cacheDb.ts';
import { barAndCustomer, barWithSale, coffee, ledgerSize, memberState, scan, sell } from './acts.ts';
import { eachWorld } from './eachWorld.ts';
import { BUSINESS, type World } from './world.ts';

let world: World;
eachWorld((made) => (world = made));

test('a server that was restored from a backup gets back what its tills still hold, each event once', async () => {
  const bar = await world.tablet('Bar', 1);
  const door = await world.tablet('Door', 2);
  const customer = await world.join();
  await bar.till.syncOnce();
  await door.till.syncOnce();
  await sell(bar, customer.text, coffee(1000));
  await bar.till.syncOnce();
  const backup = await world.backup();
  await sell(bar, customer.text, coffee(2000));
  await sell(door, customer.text, coffee(3000));
  await bar.till.syncOnce();
  await door.till.syncOnce();
  const size = await ledgerSize(world);
  await sell(bar, customer.text, coffee(500));
  const before = await scan(bar, customer.text);
  await world.restore(backup, 'epoch-2');
  expect(await ledgerSize(world)).toBe(size - 2);
  for (const tablet of [bar, door, bar]) expect(await tablet.till.syncOnce()).toBe(true);
  expect(await ledgerSize(world)).toBe(size + 1);
  const state = await memberState(world, customer.member);
  expect((await scan(bar, customer.text)).state).toEqual(state);
  expect((await scan(door, customer.text)).state).toEqual(state);
  expect(before.view.balances[1]?.amount).toBe(35);
  expect((await scan(bar, customer.text)).view.balances[1]?.amount).toBe(65);
  expect((await bar.till.today(null)).sales).toEqual({ count: 4, total: 6500 });
});

test('a server that lost its last events without saying so is told them again', async () => {
  const { bar, customer } = await barAndCustomer(world);
  const epoch = await readEpoch(world.deps.db);
  const backup = await world.backup();
  await sell(bar, customer.text, coffee(1000));
  await bar.till.syncOnce();
  await sell(bar, customer.text, coffee(2000));
  const size = await ledgerSize(world);
  await world.restore(backup, epoch);
  expect(await ledgerSize(world)).toBe(size - 1);
  expect(await bar.till.syncOnce()).toBe(true);
  expect(await ledgerSize(world)).toBe(size + 1);
  expect(bar.till.status.get().unsent).toBe(0);
  expect((await scan(bar, customer.text)).state).toEqual(await memberState(world, customer.member));
});

test('a restored server is told again what it lost of an older run, also by a till that needs fresh states anyway', async () => {
  const { bar, customer } = await barAndCustomer(world);
  const backup = await world.backup();
  await sell(bar, customer.text, coffee(1000));
  await bar.till.syncOnce();
  const copy = await world.copyOf(bar, 3);
  await sell(bar, customer.text, coffee(2000));
  await bar.till.syncOnce();
  // The copy begins a run of its own; the first one is history to it.
  await copy.till.syncOnce();
  await sell(copy, customer.text, coffee(3000));
  await copy.till.syncOnce();
  await world.restore(backup, 'epoch-2');
  const db = openCacheDb(copy.ports);
  await db.meta.put({ key: 'stale', value: 'fold' });
  db.close();
  expect(await copy.till.syncOnce()).toBe(true);
  const sales = await world.deps.db.selectFrom('events').select('kind').where('kind', '=', 'sale').execute();
  // Its own two, and from its journal the one that the first till has brought.
  expect(sales).toHaveLength(3);
});

test('a copy of a till does not take the numbers that the other one has used for its own sales', async () => {
  const { bar, customer } = await barWithSale(world);
  const copy = await world.copyOf(bar, 3);
  for (const total of [2000, 3000, 4000]) await sell(bar, customer.text, coffee(total));
  await bar.till.syncOnce();
  await sell(copy, customer.text, coffee(5000));
  await world.restore(await world.backup(), 'epoch-2');
  // It hears of the restored server before it has sent anything.
  const db = openCacheDb(copy.ports);
  await db.meta.put({ key: 'stale', value: 'diverged' });
  db.close();
  expect(await copy.till.syncOnce()).toBe(true);
  const sales = await world.deps.db.selectFrom('events').select('kind').where('kind', '=', 'sale').execute();
  expect(sales).toHaveLength(5);
  expect((await scan(copy, customer.text)).state).toEqual(await memberState(world, customer.member));
});

test('a change of personal data made at a storage that was set back is stored under a number of its own', async () => {
  const { bar, customer } = await barAndCustomer(world);
  const copy = await world.copyOf(bar, 3);
  await bar.till.changeProfile(customer.member, { name: 'Nagy Ágnes' });
  await bar.till.syncOnce();
  await copy.till.syncOnce();
  await copy.till.changeProfile(customer.member, { name: 'Kis Ágnes' });
  await copy.till.syncOnce();
  expect(await getDocument(world.deps.db, BUSINESS, 'profile', customer.member)).toMatchObject({ name: 'Kis Ágnes' });
});

test('a restored server that lost a program version gets it from the till, and books by it', async () => {
  const { bar, customer } = await barAndCustomer(world);
  const backup = await world.backup();
  const hash = await world.publish({
    ...world.program,
    rules: world.program.rules.filter((rule) => rule.id !== 'points'),
  });
  await bar.till.syncOnce();
  expect(bar.till.shop.get()?.programHash).toBe(hash);
  await sell(bar, customer.text, coffee(1000));
  await bar.till.syncOnce();
  const state = await memberState(world, customer.member);
  await world.restore(backup, 'epoch-2');
  await bar.till.syncOnce();
  expect(await memberState(world, customer.member)).toEqual(state);
  const flags = await world.deps.db.selectFrom('events').select('flags').execute();
  expect(flags.map((row) => row.flags).join()).not.toContain('unknownProgram');
});

test('a till whose storage was set back begins a new run, and no number is used twice', async () => {
  const { bar, customer } = await barWithSale(world);
  const copy = await world.copyOf(bar, 3);
  await sell(bar, customer.text, coffee(2000));
  await bar.till.syncOnce();
  await copy.till.syncOnce();
  await sell(copy, customer.text, coffee(3000));
  await copy.till.syncOnce();
  const rows = await world.deps.db
    .selectFrom('events')
    .select(['run', 'seq', 'flags'])
    .where('device', '!=', 'server')
    .execute();
  expect(new Set(rows.map((row) => `${row.run}/${row.seq}`)).size).toBe(3);
  expect(new Set(rows.map((row) => row.run)).size).toBe(2);
  expect(rows.map((row) => row.flags).join()).not.toContain('fork');
  expect((await scan(copy, customer.text)).state).toEqual(await memberState(world, customer.member));
});

test('two copies of one till that record under the same numbers: both are booked, and the fork is named', async () => {
  const { bar, customer } = await barWithSale(world);
  const copy = await world.copyOf(bar, 3);
  for (const tablet of [bar, copy]) tablet.online(false);
  await sell(bar, customer.text, coffee(2000));
  await sell(copy, customer.text, coffee(3000));
  for (const tablet of [bar, copy, bar]) {
    tablet.online(true);
    expect(await tablet.till.syncOnce()).toBe(true);
  }
  await sell(copy, customer.text, coffee(100));
  await copy.till.syncOnce();
  await bar.till.syncOnce();
  const state = await memberState(world, customer.member);
  expect((await scan(bar, customer.text)).view.balances[1]?.amount).toBe(61);
  expect((await scan(bar, customer.text)).state).toEqual(state);
  expect((await scan(copy, customer.text)).state).toEqual(state);
  const exceptions = (await bar.till.today(null)).exceptions.map((each) => each.kind);
  expect(exceptions).toContain('fork');
});

test('a revoked till still brings what it has, and then forgets the customers', async () => {
  const bar = await world.tablet('Bar', 1);
  const customer = await world.join();
  await bar.till.changeProfile(customer.member, { name: 'Nagy Ágnes', phone: '+36301234567' });
  await bar.till.syncOnce();
  await sell(bar, customer.text, coffee(1000));
  const size = await ledgerSize(world);
  await revokeDevice(world.deps, BUSINESS, bar.till.shop.get()?.device.id ?? '');
  await bar.till.syncOnce();
  expect(await ledgerSize(world)).toBe(size + 1);
  expect(bar.till.status.get()).toMatchObject({ phase: 'revoked', unsent: 0 });
  expect(await bar.till.findByPhone('06301234567')).toEqual([]);
  expect((await bar.till.customer(customer.member, null)).profile).toBeNull();
  const again = await world.reopen(bar, 2);
  expect(again.till.status.get().phase).toBe('revoked');
});

test('an erased customer is gone from the till, and no later change brings the name back', async () => {
  const bar = await world.tablet('Bar', 1);
  const customer = await world.join();
  await bar.till.changeProfile(customer.member, { name: 'Nagy Ágnes', phone: '+36301234567' });
  await bar.till.syncOnce();
  await putDocument(world.deps.db, BUSINESS, { kind: 'profile', id: customer.member, data: null });
  await bar.till.changeProfile(customer.member, { name: 'Ágnes' });
  await bar.till.syncOnce();
  expect(await bar.till.findByPhone('06301234567')).toEqual([]);
  expect((await bar.till.customer(customer.member, null)).profile).toBeNull();
  expect(await bar.till.identify(customer.text, 'camera')).toMatchObject({ ok: false, reason: 'erased' });
});

test('a card that was blocked is refused at the till', async () => {
  const { bar, customer } = await barAndCustomer(world);
  const data = { id: customer.card, member: customer.member, kind: 'static', revoked: true } as const;
  await putDocument(world.deps.db, BUSINESS, { kind: 'credential', id: customer.card, data });
  await bar.till.syncOnce();
  expect(await bar.till.identify(customer.text, 'camera')).toMatchObject({ ok: false, reason: 'revoked' });
});
