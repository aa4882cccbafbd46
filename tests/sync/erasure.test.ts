import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BACKUP_TABLES } from '../../src/server/backup/tables.ts';
import { onPostgres } from '../../src/server/testing/testStore.ts';
import { eraseMember } from '../../src/server/usecases/eraseMember.ts';
import { exportCsv, exportNdjson } from '../../src/server/usecases/office/export/exportLedger.ts';
import { searchMembers } from '../../src/server/usecases/office/members.ts';
import { readToday } from '../../src/server/usecases/office/today.ts';
import { openCacheDb } from '../../src/till/store/cacheDb.ts';
import { openLedgerDb } from '../../src/till/store/ledgerDb.ts';
import { coffee, memberState, scan, sell } from './acts.ts';
import { eachWorld } from './eachWorld.ts';
import { BUSINESS, type Tablet, type World } from './world.ts';

const NAME = 'Szigligeti Ágnes';
/** What must be found nowhere: also as searches fold it. */
const TRACES = ['zigligeti', 'zigligeti'.toUpperCase(), '301234567', '765432103', 'agnes@example'];
const DAY_MS = 24 * 3600 * 1000;

let world: World;
eachWorld((made) => (world = made));

/** Everything in a tablet's storage. */
async function storageOf(tablet: Tablet): Promise<string> {
  const databases = [openLedgerDb(tablet.ports), openCacheDb(tablet.ports)];
  const rows: unknown[] = [];
  for (const db of databases) {
    await db.open();
    for (const table of db.tables) rows.push(await table.toArray());
    db.close();
  }
  return JSON.stringify(rows);
}

/** Everything on the server's disk: SQLite's files to the byte, or every row of PostgreSQL. */
async function diskOfServer(): Promise<string> {
  if (!onPostgres) {
    const { data } = world.place().config;
    const files = readdirSync(data).filter((name) => name.startsWith('demo.sqlite'));
    expect(files).toContain('demo.sqlite');
    return files.map((name) => readFileSync(join(data, name), 'latin1')).join('\n');
  }
  const tables = Object.keys(BACKUP_TABLES) as 'profiles'[];
  const rows = await Promise.all(tables.map((table) => world.deps.db.selectFrom(table).selectAll().execute()));
  return JSON.stringify(rows);
}

async function exports(): Promise<string> {
  let text = '';
  for await (const part of exportNdjson(world.deps, BUSINESS)) text += part;
  for await (const part of exportCsv(world.deps, BUSINESS)) text += part;
  return text;
}

function expectNoTrace(text: string): void {
  for (const trace of TRACES) expect(text.includes(trace), trace).toBe(false);
}

/** A customer with a name, known to two tills: one wrote it, the other loaded it with a snapshot. */
async function named() {
  const bar = await world.tablet('Bar', 1);
  const customer = await world.join();
  await bar.till.syncOnce();
  const fields = { name: NAME, phone: '+36301234567', email: 'agnes@example.com' };
  await bar.till.changeProfile(customer.member, fields);
  await bar.till.changeProfile(customer.member, { ...fields, callName: 'Szigligeti' });
  await sell(bar, customer.text, coffee(1000));
  await bar.till.syncOnce();
  const door = await world.tablet('Door', 2);
  expect(await storageOf(bar)).toContain('zigligeti');
  expect(await storageOf(door)).toContain('zigligeti');
  return { bar, door, customer };
}

test('an erased customer leaves no trace on the server, in exports or in any till, and every sum stays', async () => {
  const { bar, door, customer } = await named();
  const [state, today] = [await memberState(world, customer.member), await readToday(world.deps, BUSINESS, null)];
  expect(await searchMembers(world.deps, BUSINESS, 'szigligeti agnes')).toMatchObject([{ id: customer.member }]);
  expect(await searchMembers(world.deps, BUSINESS, '06 30 123 4567')).toMatchObject([{ id: customer.member }]);
  expect(await eraseMember(world.deps, BUSINESS, customer.member, null)).toBe(true);
  expectNoTrace(await diskOfServer());
  expectNoTrace(await exports());
  expect(await searchMembers(world.deps, BUSINESS, 'szigligeti')).toEqual([]);
  for (const tablet of [bar, door]) {
    expect(await tablet.till.syncOnce()).toBe(true);
    expectNoTrace(await storageOf(tablet));
    expect(await tablet.till.findByPhone('301234567')).toEqual([]);
    expect(await tablet.till.identify(customer.text, 'camera')).toMatchObject({ ok: false });
  }
  const after = await memberState(world, customer.member);
  expect(after).toEqual({ ...state, credentials: { [customer.card]: { kind: 'static', revoked: true } } });
  const now = await readToday(world.deps, BUSINESS, null);
  expect([now.sales, now.stamps, now.points, now.members]).toEqual([
    today.sales,
    today.stamps,
    today.points,
    today.members,
  ]);
  // A fresh tablet, and one that still had something to say about them.
  expectNoTrace(await storageOf(await world.tablet('New', 3)));
  expect(await eraseMember(world.deps, BUSINESS, customer.member, null)).toBe(true);
  expect(await eraseMember(world.deps, BUSINESS, 'nobody', null)).toBe(false);
});

test('what a till that was offline says later about an erased customer is dropped, and the sale is booked', async () => {
  const { bar, door, customer } = await named();
  door.online(false);
  await door.till.changeProfile(customer.member, { name: 'Szigligeti Ági' });
  await sell(door, customer.text, coffee(500));
  await eraseMember(world.deps, BUSINESS, customer.member, null);
  await bar.till.syncOnce();
  door.online(true);
  expect(await door.till.syncOnce()).toBe(true);
  await bar.till.syncOnce();
  for (const text of [await diskOfServer(), await storageOf(door), await storageOf(bar)]) expectNoTrace(text);
  expect(Object.values((await memberState(world, customer.member))?.days ?? {})).toMatchObject([{ visits: 2 }]);
});

test('a name that a blind till wrote for a card of an erased customer is dropped with the second enrolment', async () => {
  const door = await world.tablet('Door', 2);
  door.online(false);
  const customer = await world.join();
  const enrolled = await door.till.enroll({ name: NAME }, { kind: 'static', id: customer.card });
  expect(enrolled.ok).toBe(true);
  await eraseMember(world.deps, BUSINESS, customer.member, null);
  door.online(true);
  expect(await door.till.syncOnce()).toBe(true);
  expect((await memberState(world, customer.member))?.aliases).toHaveLength(1);
  expectNoTrace(await diskOfServer());
  expect(await door.till.syncOnce()).toBe(true);
  expectNoTrace(await storageOf(door));
});

test('a customer who is erased while a backup is made is in no key file afterwards', async () => {
  const { customer } = await named();
  const erase = () => eraseMember(world.deps, BUSINESS, customer.member, null);
  let erased: Promise<boolean> | undefined;
  const { file } = await world.save({ say: () => (erased ??= erase()) });
  expect(await erased).toBe(true);
  const keys = await world.deps.db.selectFrom('member_keys').select('member').execute();
  expect(keys).toEqual([]);
  await world.save({ now: world.clock.now + 1000 });
  expect(await world.recover(file)).toMatchObject({ erased: 1 });
  expectNoTrace(await diskOfServer());
});

test('an older backup does not bring an erased customer back, and others keep their names', async () => {
  const { bar, customer } = await named();
  const other = await world.join();
  await bar.till.syncOnce();
  await bar.till.changeProfile(other.member, { name: 'Kis Béla' });
  await bar.till.syncOnce();
  const { file: old } = await world.save();
  await eraseMember(world.deps, BUSINESS, customer.member, null);
  await world.save({ now: world.clock.now + 1000 });
  expect(await world.recover(old)).toMatchObject({ erased: 1 });
  expectNoTrace(await diskOfServer());
  expect(await searchMembers(world.deps, BUSINESS, 'bela')).toMatchObject([{ id: other.member, name: 'Kis Béla' }]);
  expect(await bar.till.syncOnce()).toBe(true);
  expectNoTrace(await diskOfServer());
  expectNoTrace(await storageOf(bar));
});

test('an erasure after the last backup comes back with the ledger of a till', async () => {
  const { bar, door, customer } = await named();
  const { file } = await world.save();
  await eraseMember(world.deps, BUSINESS, customer.member, null);
  await bar.till.syncOnce();
  expect(await world.recover(file)).toMatchObject({ erased: 0 });
  expect(await bar.till.syncOnce()).toBe(true);
  // The other till never heard of the erasure, and still has the name.
  expect(await door.till.syncOnce()).toBe(true);
  expectNoTrace(await diskOfServer());
  for (const tablet of [bar, door]) expectNoTrace(await storageOf(tablet));
});

test('a till that hears nothing for a month forgets names and goes on working; they come back with the next sync', async () => {
  const { bar, customer } = await named();
  bar.online(false);
  world.clock.now += 29 * DAY_MS;
  await bar.till.syncOnce();
  expect(await storageOf(bar)).toContain('zigligeti');
  world.clock.now += 2 * DAY_MS;
  await bar.till.syncOnce();
  expectNoTrace(await storageOf(bar));
  const known = await scan(bar, customer.text);
  expect(known.profile).toBeNull();
  expect(known.view.balances[1]?.amount).toBe(10);
  expect(await bar.till.findByPhone('301234567')).toEqual([]);
  await sell(bar, customer.text, coffee(500));
  bar.online(true);
  expect(await bar.till.syncOnce()).toBe(true);
  expect((await scan(bar, customer.text)).profile?.name).toBe(NAME);
  expect((await scan(bar, customer.text)).state).toEqual(await memberState(world, customer.member));
});
