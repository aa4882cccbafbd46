import { expect, test } from 'vitest';
import { createPairingCode, revokeDevice } from '../../src/server/usecases/pair.ts';
import { barWithSale, coffee, ledgerSize, memberState, scan, sell } from './acts.ts';
import { eachWorld } from './eachWorld.ts';
import { BUSINESS, type Tablet, type World } from './world.ts';

let world: World;
eachWorld((made) => (world = made));

async function pairAgain(tablet: Tablet): Promise<void> {
  const { code } = await createPairingCode(world.deps, BUSINESS, { deviceName: 'Again', location: 'main' });
  expect(await tablet.till.pair(code)).toEqual({ ok: true });
}

async function revoke(tablet: Tablet): Promise<void> {
  const devices = await world.deps.db.selectFrom('devices').select('device').where('revoked_at', 'is', null).execute();
  for (const { device } of devices) await revokeDevice(world.deps, BUSINESS, device);
  await tablet.till.syncOnce();
  expect(tablet.till.status.get().phase).toBe('revoked');
}

test('a till that was revoked and is paired again shows each point once, not its own ones twice', async () => {
  const { bar, customer } = await barWithSale(world);
  await revoke(bar);
  await pairAgain(bar);
  expect(await bar.till.syncOnce()).toBe(true);
  expect((await scan(bar, customer.text)).state).toEqual(await memberState(world, customer.member));
  await sell(bar, customer.text, coffee(500));
  expect(await bar.till.syncOnce()).toBe(true);
  expect((await scan(bar, customer.text)).state).toEqual(await memberState(world, customer.member));
  const again = await world.reopen(bar, 7);
  expect((await scan(again, customer.text)).state).toEqual(await memberState(world, customer.member));
});

test('what an earlier pairing brought is not offered again under the new one', async () => {
  const { bar, customer } = await barWithSale(world);
  await revoke(bar);
  await pairAgain(bar);
  await bar.till.syncOnce();
  await sell(bar, customer.text, coffee(500));
  await bar.till.syncOnce();
  const size = await ledgerSize(world);
  const backup = await world.backup();
  await world.restore(backup, 'epoch-2');
  expect(await bar.till.syncOnce()).toBe(true);
  expect(await ledgerSize(world)).toBe(size);
  expect(await world.deps.db.selectFrom('quarantine').selectAll().execute()).toEqual([]);
  expect((await scan(bar, customer.text)).state).toEqual(await memberState(world, customer.member));
});

test('a till that was revoked, and whose server was then restored from before its pairing, serves again under its old name', async () => {
  const backup = await world.backup();
  const { bar, customer } = await barWithSale(world);
  await revoke(bar);
  await world.restore(backup, 'epoch-2');
  expect(await bar.till.syncOnce()).toBe(false);
  await pairAgain(bar);
  expect(await bar.till.syncOnce()).toBe(true);
  expect(bar.till.status.get()).toMatchObject({ phase: 'locked', mustPair: false, unsent: 0 });
  expect(await world.deps.db.selectFrom('devices').selectAll().execute()).toHaveLength(1);
  const { state } = await bar.till.customer(customer.member, null);
  expect(state.lots).not.toEqual([]);
  expect(state).toEqual(await memberState(world, customer.member));
});
