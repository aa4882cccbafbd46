import { expect, test } from 'vitest';
import { readEpoch } from '../../src/server/store/epoch.ts';
import type { Admitted } from '../../src/protocol/event.ts';
import { createPairingCode } from '../../src/server/usecases/pair.ts';
import { type JournalRow, openCacheDb } from '../../src/till/store/cacheDb.ts';
import { coffee, ledgerSize, memberState, redeem, scan, sell } from './acts.ts';
import { eachWorld } from './eachWorld.ts';
import { BUSINESS, type Tablet, type World } from './world.ts';

let world: World;
eachWorld((made) => (world = made));

/** Every entry as it stands: what was recorded, its place, and what was booked. */
async function ledger() {
  const rows = await world.deps.db
    .selectFrom('events')
    .select(['gseq', 'chain', 'device', 'run', 'seq', 'hash', 'member', 'booked', 'flags', 'day', 'received_at'])
    .where('business', '=', BUSINESS)
    .orderBy('gseq')
    .execute();
  return rows.map((row) => ({ ...row, booked: JSON.parse(row.booked) as unknown }));
}

async function hashes() {
  return (await ledger()).map((row) => row.hash).sort();
}

async function syncAll(...tablets: readonly Tablet[]): Promise<void> {
  for (const tablet of tablets) expect(await tablet.till.syncOnce()).toBe(true);
}

test('the only till that is left gives a restored server the whole ledger back, to the letter', async () => {
  const [bar, door] = [await world.tablet('Bar', 1), await world.tablet('Door', 2)];
  const backup = await world.backup();
  const customer = await world.join();
  await syncAll(bar, door);
  for (const total of [1000, 2000, 3000]) await sell(door, customer.text, coffee(total));
  await syncAll(door, bar);
  await redeem(bar, customer.text, 'gift');
  await door.till.changeProfile(customer.member, { name: 'Nagy Ágnes' });
  await syncAll(door, bar, door, bar);
  const before = await ledger();
  await world.restore(backup, 'epoch-2');
  expect(await ledgerSize(world)).toBe(0);
  // The other one is lost: its sales, and the customer's own joining, are in this till's journal alone.
  await syncAll(bar);
  expect(await ledger()).toEqual(before);
  expect((await scan(bar, customer.text)).state).toEqual(await memberState(world, customer.member));
  expect((await scan(bar, customer.text)).profile?.name).toBe('Nagy Ágnes');
  await syncAll(door, bar);
  expect(await ledger()).toEqual(before);
});

test('what came to the restored server first keeps its place, and the rest is booked behind it, once', async () => {
  const [bar, door] = [await world.tablet('Bar', 1), await world.tablet('Door', 2)];
  const customer = await world.join();
  await syncAll(bar, door);
  const backup = await world.backup();
  await sell(door, customer.text, coffee(1000));
  await sell(door, customer.text, coffee(2000));
  await syncAll(door, bar);
  await world.restore(backup, 'epoch-2');
  await world.join();
  const first = await hashes();
  await syncAll(bar);
  expect(await ledgerSize(world)).toBe(first.length + 2);
  const flags = (await ledger()).map((row) => row.flags);
  expect(flags.filter((each) => each.includes('rebooked'))).toHaveLength(2);
  expect(flags.join()).not.toContain('fork');
  await sell(door, customer.text, coffee(500));
  await syncAll(door, bar);
  expect(await ledgerSize(world)).toBe(first.length + 3);
  const state = await memberState(world, customer.member);
  expect((await scan(bar, customer.text)).view.balances[1]?.amount).toBe(35);
  expect((await scan(bar, customer.text)).state).toEqual(state);
  expect((await scan(door, customer.text)).state).toEqual(state);
});

test('a server that is restored twice from the same backup has everything again, twice', async () => {
  const [bar, door] = [await world.tablet('Bar', 1), await world.tablet('Door', 2)];
  const customer = await world.join();
  await syncAll(bar, door);
  const backup = await world.backup();
  await sell(door, customer.text, coffee(1000));
  await syncAll(door, bar);
  const before = await hashes();
  await world.restore(await world.copyBackup(backup), 'epoch-2');
  await syncAll(bar);
  expect(await hashes()).toEqual(before);
  await sell(bar, customer.text, coffee(2000));
  await syncAll(bar);
  await world.restore(backup, 'epoch-3');
  await syncAll(bar);
  expect(await hashes()).toHaveLength(before.length + 1);
  expect(new Set(await hashes()).size).toBe(before.length + 1);
  await syncAll(door, bar);
  expect(await hashes()).toHaveLength(before.length + 1);
  expect((await scan(door, customer.text)).state).toEqual(await memberState(world, customer.member));
});

test('a database file that was copied back by hand is noticed by its chain, though its epoch is the same', async () => {
  const [bar, door] = [await world.tablet('Bar', 1), await world.tablet('Door', 2)];
  const customer = await world.join();
  await syncAll(bar, door);
  const epoch = await readEpoch(world.deps.db);
  const backup = await world.backup();
  await sell(door, customer.text, coffee(1000));
  await syncAll(door, bar);
  const before = await hashes();
  await world.restore(backup, epoch);
  // As many entries as before, and other ones.
  await world.join();
  await syncAll(bar);
  expect(await hashes()).toEqual(expect.arrayContaining(before));
  await syncAll(door, bar);
  expect(await hashes()).toHaveLength(before.length + 2);
  expect((await scan(bar, customer.text)).state).toEqual(await memberState(world, customer.member));
});

test('a till that was paired after the backup records on, is paired again, and brings what it has as the same till', async () => {
  const customer = await world.join();
  const backup = await world.backup();
  const bar = await world.tablet('Bar', 1);
  await sell(bar, customer.text, coffee(1000));
  await syncAll(bar);
  await sell(bar, customer.text, coffee(2000));
  await world.restore(backup, 'epoch-2');
  expect(await bar.till.syncOnce()).toBe(false);
  expect(bar.till.status.get()).toMatchObject({ mustPair: true, unsent: 1, phase: 'locked' });
  await sell(bar, customer.text, coffee(3000));
  const { device } = bar.till.shop.get() ?? {};
  const { code } = await createPairingCode(world.deps, BUSINESS, { deviceName: 'Bar', location: 'main' });
  expect(await bar.till.pair(code)).toEqual({ ok: true });
  await syncAll(bar);
  expect(bar.till.status.get()).toMatchObject({ mustPair: false, unsent: 0 });
  expect(bar.till.shop.get()?.device).toEqual(device);
  const sales = (await ledger()).filter((row) => row.device === device?.id);
  expect(sales.map((row) => row.seq)).toEqual([1, 2, 3]);
  expect(await world.deps.db.selectFrom('quarantine').select('code').execute()).toEqual([]);
  expect((await scan(bar, customer.text)).state).toEqual(await memberState(world, customer.member));
});

test('nobody gets the device of another till by asking for it', async () => {
  const [bar, door] = [await world.tablet('Bar', 1), await world.tablet('Door', 2)];
  const [barId, doorId] = [bar, door].map((tablet) => tablet.till.shop.get()?.device.id);
  await world.deps.db
    .updateTable('devices')
    .set({ x: 'other' })
    .where('device', '=', doorId ?? '')
    .execute();
  expect(await door.till.syncOnce()).toBe(false);
  const { code } = await createPairingCode(world.deps, BUSINESS, { deviceName: 'Door', location: 'main' });
  expect(await door.till.pair(code)).toEqual({ ok: true });
  expect([barId, doorId]).not.toContain(door.till.shop.get()?.device.id);
});

test('a till whose journal begins later than the backup ends brings what it has; the others fill the gap under their old numbers', async () => {
  const [bar, door] = [await world.tablet('Bar', 1), await world.tablet('Door', 2)];
  const customer = await world.join();
  await syncAll(bar, door);
  const backup = await world.backup();
  for (const total of [1000, 2000, 3000, 4000]) await sell(door, customer.text, coffee(total));
  await syncAll(door, bar);
  const before = await hashes();
  const db = openCacheDb(bar.ports);
  const rows = await db.journal.orderBy('[epoch+gseq]').toArray();
  await db.journal.bulkDelete(rows.slice(0, -2).map((row): [string, number] => [row.epoch, row.gseq]));
  db.close();
  await world.restore(backup, 'epoch-2');
  await syncAll(bar);
  expect(await hashes()).toHaveLength(before.length - 2);
  await sell(door, customer.text, coffee(500));
  await syncAll(door, bar);
  expect(await hashes()).toEqual(expect.arrayContaining(before));
  const events = (await ledger()).filter((row) => row.device === door.till.shop.get()?.device.id);
  expect(events.map((row) => row.seq).sort()).toEqual([1, 2, 3, 4, 5]);
  expect(new Set(events.map((row) => row.run)).size).toBe(1);
  expect(events.map((row) => row.flags).join()).not.toContain('fork');
  const state = await memberState(world, customer.member);
  for (const tablet of [bar, door]) expect((await scan(tablet, customer.text)).state).toEqual(state);
  expect(door.till.status.get().unsent).toBe(0);
});

test('what a server did not seal is not taken from a till', async () => {
  const [bar, door] = [await world.tablet('Bar', 1), await world.tablet('Door', 2)];
  const customer = await world.join();
  await syncAll(bar, door);
  const backup = await world.backup();
  for (const total of [1000, 2000, 3000]) await sell(door, customer.text, coffee(total));
  await syncAll(door, bar);
  const db = openCacheDb(bar.ports);
  const rows = (await db.journal.orderBy('[epoch+gseq]').toArray()).slice(-3);
  const [booked, member, good] = rows;
  const forge = (row: JournalRow, admitted: Partial<Admitted>) =>
    db.journal.put({ ...row, admitted: { ...row.admitted, ...admitted } });
  await forge(booked!, { booked: [] });
  await forge(member!, { member: 'somebody-else' });
  db.close();
  await world.restore(backup, 'epoch-2');
  const size = await ledgerSize(world);
  await syncAll(bar);
  expect(await ledgerSize(world)).toBe(size + 1);
  expect(await hashes()).toContain(good?.admitted.hash);
  await syncAll(door, bar);
  expect(await ledgerSize(world)).toBe(size + 3);
  expect((await scan(bar, customer.text)).state).toEqual(await memberState(world, customer.member));
});
