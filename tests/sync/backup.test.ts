import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { KEY_FILE, newProfileKey } from '../../src/server/backup/profileKeys.ts';
import { getDocument, listDocuments } from '../../src/server/store/documents.ts';
import { createPairingCode } from '../../src/server/usecases/pair.ts';
import { grantShares } from '../../src/server/usecases/shares/grantShares.ts';
import { barAndCustomer, barWithSale, coffee, memberState, scan, sell } from './acts.ts';
import { eachWorld } from './eachWorld.ts';
import { BUSINESS, type World } from './world.ts';

let world: World;
eachWorld((made) => (world = made));

async function hashes() {
  const rows = await world.deps.db.selectFrom('events').select('hash').orderBy('gseq').execute();
  return rows.map((row) => row.hash);
}

test('a server is made anew from a backup, and tills bring what came after it, while nobody has lost a name', async () => {
  const { bar, customer } = await barAndCustomer(world);
  await bar.till.changeProfile(customer.member, { name: 'Nagy Ágnes', phone: '+36301234567' });
  await sell(bar, customer.text, coffee(1000));
  await bar.till.syncOnce();
  const { file, check } = await world.save();
  expect(check).toMatchObject({ problems: [], businesses: [{ business: BUSINESS, head: 3, members: 1 }] });
  await sell(bar, customer.text, coffee(2000));
  await bar.till.syncOnce();
  const before = await hashes();
  expect(await world.recover(file)).toMatchObject({ erased: 0 });
  expect(await hashes()).toEqual(before.slice(0, 3));
  expect(await bar.till.syncOnce()).toBe(true);
  expect(await hashes()).toEqual(before);
  expect((await scan(bar, customer.text)).state).toEqual(await memberState(world, customer.member));
  expect((await scan(bar, customer.text)).profile).toMatchObject({ name: 'Nagy Ágnes', phone: '+36301234567' });
});

test('nothing personal can be read in a backup, and without the key file names are gone and balances are not', async () => {
  const { bar, customer } = await barAndCustomer(world);
  await bar.till.changeProfile(customer.member, { name: 'Nagy Ágnes', phone: '+36301234567' });
  await sell(bar, customer.text, coffee(1000));
  await bar.till.syncOnce();
  const { file } = await world.save();
  const text = gunzipSync(readFileSync(file)).toString();
  expect(text).toContain(customer.member);
  for (const personal of ['Nagy', 'gnes', '301234567']) expect(text).not.toContain(personal);
  const state = await memberState(world, customer.member);
  const lost = join(dirname(file), 'nothing.json');
  await expect(world.recover(file, { keyFile: lost })).rejects.toThrow('There is no key file');
  await world.recover(file, { withoutKeys: true });
  expect(await memberState(world, customer.member)).toEqual(state);
  expect(await world.deps.db.selectFrom('profiles').selectAll().execute()).toEqual([]);
});

test('tills may forget what a backup elsewhere holds, and nothing more', async () => {
  const { bar, customer } = await barWithSale(world);
  const durable = async () => {
    const rows = await world.deps.db
      .selectFrom('streams')
      .select('durable_through')
      .where('device', '!=', 'server')
      .execute();
    return rows.map((row) => row.durable_through);
  };
  await world.save({ isElsewhere: false });
  expect(await durable()).toEqual([0]);
  const { file } = await world.save({ now: world.clock.now + 1000 });
  await sell(bar, customer.text, coffee(1000));
  await bar.till.syncOnce();
  expect(await durable()).toEqual([1]);
  await world.recover(file);
  expect(await durable()).toEqual([1]);
});

test('a backup that was cut off or changed is refused, and nothing is touched', async () => {
  const customer = await world.join();
  const { file } = await world.save();
  const good = readFileSync(file);
  writeFileSync(file, good.subarray(0, good.length - 20));
  await expect(world.recover(file)).rejects.toThrow('cut off');
  writeFileSync(file, 'not a backup');
  await expect(world.recover(file)).rejects.toThrow('is no backup');
  await expect(world.recover(`${file}.nowhere`, { keyFile: join(dirname(file), KEY_FILE) })).rejects.toThrow('no file');
  expect(await memberState(world, customer.member)).toBeDefined();
  writeFileSync(file, good);
  await world.recover(file);
  expect(await memberState(world, customer.member)).toBeDefined();
});

test('a balance that does not follow from the ledger makes no good backup, and tills keep everything', async () => {
  const customer = await world.join();
  const state = JSON.stringify({ ...(await memberState(world, customer.member)), unknown: 7 });
  await world.deps.db.updateTable('members').set({ state }).where('member', '=', customer.member).execute();
  const { file, check } = await world.save();
  expect(check.problems).toEqual([expect.stringContaining(customer.member)]);
  expect(basename(file)).toMatch(/\.unverified$/);
  expect(readdirSync(dirname(file))).toEqual([basename(file)]);
  const durable = await world.deps.db.selectFrom('streams').select('durable_through').execute();
  expect(durable.map((row) => row.durable_through)).toEqual([0]);
  await expect(world.recover(file, { withoutKeys: true })).rejects.toThrow('not good');
});

test('a database with shops in it is moved aside only where that is wished, and codes and sessions do not come back', async () => {
  await world.join();
  await createPairingCode(world.deps, BUSINESS, { deviceName: 'Bar', location: 'main' });
  const session = { hash: 'h', business: BUSINESS, account: 'a', created_at: 0, seen_at: 0, browser: '' };
  await world.deps.db.insertInto('office_sessions').values(session).execute();
  const { file } = await world.save();
  await world.recover(file);
  const { config } = world.place();
  await expect(world.recover(file, { config })).rejects.toThrow('holds shops already');
  for (const table of ['pairing_codes', 'office_sessions'] as const) {
    expect(await world.deps.db.selectFrom(table).selectAll().execute()).toEqual([]);
  }
  expect(await hashes()).toHaveLength(2);
  await world.deps.db.destroy();
  const { aside } = await world.recover(file, { config, replace: true });
  expect(aside).toContain('before');
});

test('an older key file is refused, so that nobody who joined since counts as erased', async () => {
  const first = await world.save();
  const older = join(dirname(first.file), 'older-keys.json');
  writeFileSync(older, readFileSync(join(dirname(first.file), KEY_FILE)));
  const { bar, customer } = await barAndCustomer(world);
  await bar.till.changeProfile(customer.member, { name: 'Nagy Ágnes' });
  await bar.till.syncOnce();
  world.clock.now += 60_000;
  const { file } = await world.save();
  await expect(world.recover(file, { keyFile: older })).rejects.toThrow('The key file is older than the backup');
  expect(await world.recover(file)).toMatchObject({ erased: 0 });
});

test('a backup that began earlier and ended later leaves the newer one with keys that fit it', async () => {
  const { bar, customer } = await barAndCustomer(world);
  await bar.till.changeProfile(customer.member, { name: 'Nagy Ágnes' });
  await bar.till.syncOnce();
  const newer = await world.save({ now: world.clock.now + 1000 });
  const older = await world.save({ now: world.clock.now });
  for (const { file } of [newer, older]) {
    expect(await world.recover(file)).toMatchObject({ erased: 0 });
    expect((await getDocument(world.deps.db, BUSINESS, 'profile', customer.member))?.name).toBe('Nagy Ágnes');
  }
});

test('a pool of shares that does not follow from the ledger makes no good backup', async () => {
  await world.tablet('Bar', 1);
  const limits = [{ n: 5, per: 'business', window: { kind: 'calendar', of: 'day' } }] as const;
  const { rewards } = world.program;
  await world.publish({ ...world.program, rewards: rewards.map((reward) => ({ ...reward, limits })) });
  await grantShares(world.deps, BUSINESS);
  expect((await world.save()).check.problems).toEqual([]);
  const pools = await listDocuments(world.deps.db, BUSINESS, 'shares');
  const [pool] = pools;
  const data = JSON.stringify({ ...pool, accounts: {} });
  const shares = world.deps.db.updateTable('documents').where('kind', '=', 'shares');
  await shares
    .where('id', '=', pool?.id ?? '')
    .set({ data })
    .execute();
  const { file, check } = await world.save({ now: world.clock.now + 1000 });
  expect(check.problems).toEqual([expect.stringContaining(pool?.id ?? 'no pool')]);
  expect(basename(file)).toMatch(/\.unverified$/);
});

test('a backup that was overtaken by another one, with other keys, is not said to be good', async () => {
  const { bar, customer } = await barAndCustomer(world);
  await bar.till.changeProfile(customer.member, { name: 'Nagy Ágnes' });
  await bar.till.syncOnce();
  const row = { business: BUSINESS, member: customer.member, key: newProfileKey() };
  let other: Promise<unknown> | undefined;
  const say = () => (other ??= world.deps.db.insertInto('member_keys').values(row).execute());
  await expect(world.save({ say })).rejects.toThrow('Another backup was made at the same moment');
  await other;
  const { file } = await world.save({ now: world.clock.now + 1000 });
  expect(await world.recover(file)).toMatchObject({ erased: 0 });
});
