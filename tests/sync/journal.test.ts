import { IDBDatabase as FakeDatabase } from 'fake-indexeddb';
import { expect, test, vi } from 'vitest';
import { createVerifier } from '../../src/server/http/verifier.ts';
import { putDocument } from '../../src/server/store/documents.ts';
import { loadJournal } from '../../src/server/usecases/office/loadJournal.ts';
import { pinVerifier } from '../../src/server/usecases/office/pin.ts';
import { listTills } from '../../src/server/usecases/office/tills.ts';
import { createPairingCode } from '../../src/server/usecases/pair.ts';
import { barAndCustomer, coffee, ledgerSize, memberState, sell } from './acts.ts';
import { eachWorld } from './eachWorld.ts';
import { BUSINESS, type Tablet, type World } from './world.ts';

const PIN = '8351';
const verify = createVerifier();

let world: World;
let bar: Tablet;
let customer: Awaited<ReturnType<World['join']>>;
eachWorld(async (made) => {
  world = made;
  const pin = await pinVerifier(PIN);
  const boss = { id: 'boss', name: 'Boss', role: 'manager', active: true, pin } as const;
  await putDocument(world.deps.db, BUSINESS, { kind: 'staff', id: 'boss', data: boss });
  ({ bar, customer } = await barAndCustomer(world));
});

async function exported(tablet = bar) {
  const journal = await tablet.till.exportJournal();
  if (!journal) throw new Error('nothing to export');
  return journal;
}

const load = (file: string) => loadJournal(world.deps, BUSINESS, file, verify);

async function visits(): Promise<number> {
  return (await memberState(world, customer.member))?.days['2026-03-10']?.visits ?? 0;
}

test('what never went over the network arrives by file, once', async () => {
  await sell(bar, customer.text, coffee(500));
  await bar.till.syncOnce();
  bar.online(false);
  await sell(bar, customer.text, coffee(500));
  await sell(bar, customer.text, coffee(500));
  await bar.till.changeProfile(customer.member, { name: 'Kis Ágnes' });
  const journal = await exported();
  expect(journal).toMatchObject({ events: 3, patches: 1 });
  expect(await load(journal.text)).toMatchObject({
    ok: true,
    result: { till: 'Bar', knownTill: true, revoked: false, new: 2, known: 1, unreadable: 0, gap: 0, patches: 1 },
  });
  expect(await visits()).toBe(3);
  const size = await ledgerSize(world);
  expect(await load(journal.text)).toMatchObject({ ok: true, result: { new: 0, known: 3 } });
  // The tablet comes back to life: it brings the same, and nothing doubles.
  bar.online(true);
  await bar.till.syncOnce();
  expect(bar.till.status.get().unsent).toBe(0);
  expect(await ledgerSize(world)).toBe(size);
  expect((await listTills(world.deps, BUSINESS))[0]).toMatchObject({ unsent: 0 });
});

test('a file that was changed, shortened or is of another shop is refused whole', async () => {
  bar.online(false);
  await sell(bar, customer.text, coffee(500));
  const { text } = await exported();
  const size = await ledgerSize(world);
  expect(await load(text.replace('"build":"test"', '"build":"best"'))).toEqual({ ok: false, problem: 'changed' });
  const lines = text.trimEnd().split('\n');
  expect(await load(lines.slice(0, -1).join('\n'))).toEqual({ ok: false, problem: 'incomplete' });
  expect(await load([lines[0], lines.at(-1)].join('\n'))).toEqual({ ok: false, problem: 'changed' });
  expect(await load('name,phone\nA,1')).toEqual({ ok: false, problem: 'notAJournal' });
  const head = JSON.parse(lines[0] ?? '') as object;
  const foreign = [JSON.stringify({ ...head, business: 'another' }), ...lines.slice(1)].join('\n');
  expect(await load(foreign)).toEqual({ ok: false, problem: 'otherShop' });
  expect(await ledgerSize(world)).toBe(size);
});

test('a server of before the pairing takes the till in, as one that is no longer in use', async () => {
  const backup = await world.backup();
  const late = await world.tablet('Late', 2);
  await sell(late, customer.text, coffee(500));
  await late.till.syncOnce();
  await world.restore(backup, 'epoch-2');
  const { text } = await exported(late);
  expect(await load(text)).toMatchObject({ ok: true, result: { till: 'Late', knownTill: false, new: 1, known: 0 } });
  expect(await visits()).toBe(1);
  const tills = await listTills(world.deps, BUSINESS);
  expect(tills.find((one) => one.name === 'Late')).toMatchObject({ revoked: true, ended: { how: 'file' } });
});

test('a till can be removed only when all is sent, or in a file, and by a manager', async () => {
  bar.online(false);
  await sell(bar, customer.text, coffee(500));
  expect(await bar.till.unpair('0000')).toMatchObject({ ok: false, reason: 'wrongPin' });
  expect(await bar.till.unpair(PIN)).toEqual({ ok: false, reason: 'unsent' });
  const { text } = await exported();
  expect(bar.till.status.get().exported).toBe(true);
  // Something is recorded after the file was written: it does not hold everything any more.
  await sell(bar, customer.text, coffee(500));
  expect(bar.till.status.get().exported).toBe(false);
  expect(await bar.till.unpair(PIN)).toEqual({ ok: false, reason: 'unsent' });
  const later = await exported();
  expect(await bar.till.unpair(PIN)).toEqual({ ok: true });
  expect(bar.till.status.get()).toMatchObject({ phase: 'unpaired', unsent: 0 });
  expect(await load(text)).toMatchObject({ ok: true, result: { new: 1 } });
  expect(await load(later.text)).toMatchObject({ ok: true, result: { new: 1, known: 1 } });
  expect(await visits()).toBe(2);
});

test('a till that is removed online is known to be so in the office, keeps nothing, and can be paired again', async () => {
  await sell(bar, customer.text, coffee(500));
  await bar.till.syncOnce();
  expect(await bar.till.unpair(PIN)).toEqual({ ok: true });
  expect((await listTills(world.deps, BUSINESS))[0]).toMatchObject({
    revoked: true,
    unsent: 0,
    ended: { how: 'till', by: 'Boss' },
  });
  const again = await world.reopen(bar, 9);
  expect(again.till.status.get().phase).toBe('unpaired');
  const { code } = await createPairingCode(world.deps, BUSINESS, { deviceName: 'Bar', location: 'main' });
  expect(await again.till.pair(code)).toEqual({ ok: true });
  await again.till.syncOnce();
  await sell(again, customer.text, coffee(500));
  await again.till.syncOnce();
  expect(await visits()).toBe(2);
});

test('a new tablet in the place of a broken one takes its name; what the old one still brings is booked and flagged', async () => {
  bar.online(false);
  await sell(bar, customer.text, coffee(500));
  const [old] = await listTills(world.deps, BUSINESS);
  const { code } = await createPairingCode(world.deps, BUSINESS, {
    deviceName: 'Bar',
    location: 'main',
    replaces: old?.id ?? '',
  });
  const fresh = await world.tablet('Spare', 3);
  expect(await fresh.till.pair(code)).toEqual({ ok: true });
  const tills = await listTills(world.deps, BUSINESS);
  const inUse = tills.filter((one) => !one.revoked && one.name === 'Bar');
  expect(inUse).toHaveLength(1);
  expect(tills.find((one) => one.id === old?.id)).toMatchObject({
    name: 'Bar',
    revoked: true,
    ended: { how: 'replaced', successor: 'Bar' },
  });
  bar.online(true);
  await bar.till.syncOnce();
  expect(bar.till.status.get()).toMatchObject({ phase: 'revoked', unsent: 0 });
  expect(await visits()).toBe(1);
  const [event] = await world.deps.db.selectFrom('events').select('flags').where('kind', '=', 'sale').execute();
  expect(event?.flags).toContain('afterRevocation');
});

test('a storage that does not open any more still gives out what is in memory, to the byte', async () => {
  bar.online(false);
  await sell(bar, customer.text, coffee(500));
  await sell(bar, customer.text, coffee(700));
  const before = await exported();
  const lost = vi.spyOn(FakeDatabase.prototype, 'transaction').mockImplementation(() => {
    throw new DOMException('Connection to Indexed Database server lost.', 'UnknownError');
  });
  const after = await exported();
  lost.mockRestore();
  expect(after.events).toBe(2);
  // All but the signature, which is another one each time.
  expect(after.text.split('\n').slice(0, -2)).toEqual(before.text.split('\n').slice(0, -2));
  expect(await load(after.text)).toMatchObject({ ok: true, result: { new: 2 } });
});
