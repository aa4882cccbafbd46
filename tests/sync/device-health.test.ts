import { expect, test } from 'vitest';
import { listTills, settleCopies } from '../../src/server/usecases/office/tills.ts';
import { revokeDevice } from '../../src/server/usecases/pair.ts';
import { coffee, ledgerSize, memberState, scan, sell } from './acts.ts';
import { eachWorld } from './eachWorld.ts';
import { BUSINESS, type Tablet, type World } from './world.ts';

let world: World;
eachWorld((made) => (world = made));

const HELLO_MS = 11 * 60_000;

async function tills() {
  return listTills(world.deps, BUSINESS);
}

async function onlyTill() {
  const [till] = await tills();
  if (!till) throw new Error('no till');
  return till;
}

/** The till says how it is, though it has nothing to bring. */
async function hello(tablet: Tablet): Promise<void> {
  world.clock.now += HELLO_MS;
  expect(await tablet.till.syncOnce()).toBe(true);
}

test('the office sees that a till is there, how it is, and that it has gone', async () => {
  const bar = await world.tablet('Bar', 1);
  await hello(bar);
  expect(await onlyTill()).toMatchObject({
    name: 'Bar',
    here: true,
    unsent: 0,
    build: 'test',
    persisted: true,
    storage: { used: 1, quota: 1000 },
    skew: 0,
    copiedAt: null,
  });
  world.clock.now += 3 * 60_000;
  expect((await onlyTill()).here).toBe(false);
});

test('what a tablet that died had recorded and not brought is known', async () => {
  const bar = await world.tablet('Bar', 1);
  const customer = await world.join();
  await bar.till.syncOnce();
  bar.online(false);
  for (let n = 0; n < 7; n += 1) await sell(bar, customer.text, coffee(500));
  // The network comes back for one small request, and the tablet never again.
  let gone = false;
  bar.ports.network = async (path, init) => {
    if (gone) throw new TypeError('offline');
    const { events } = JSON.parse(init.body as string) as { events: string[] };
    if (events.length > 4)
      return Response.json({ error: 'tooLarge', message: '', time: world.clock.now }, { status: 413 });
    gone = true;
    return world.request(path, init);
  };
  const before = await ledgerSize(world);
  expect(await bar.till.syncOnce()).toBe(false);
  const arrived = (await ledgerSize(world)) - before;
  expect(arrived).toBeGreaterThan(0);
  expect((await onlyTill()).unsent).toBe(7 - arrived);
  await revokeDevice(world.deps, BUSINESS, (await onlyTill()).id);
  expect((await onlyTill()).unsent).toBe(7 - arrived);
  // It was only thought dead.
  bar.online(true);
  await bar.till.syncOnce();
  expect(await ledgerSize(world)).toBe(before + 7);
  expect((await onlyTill()).unsent).toBe(0);
});

test('a copy of a tablet is noticed though both were online all the time, and both go on', async () => {
  const bar = await world.tablet('Bar', 1);
  const customer = await world.join();
  await bar.till.syncOnce();
  await sell(bar, customer.text, coffee(500));
  await bar.till.syncOnce();
  const copy = await world.copyOf(bar, 2);
  await sell(bar, customer.text, coffee(500));
  expect(await bar.till.syncOnce()).toBe(true);
  // The copy finds the server ahead of itself: it may have been restored, which is nobody's fault, or it is a copy.
  await hello(copy);
  await sell(copy, customer.text, coffee(500));
  await hello(copy);
  expect((await onlyTill()).copiedAt).toBeNull();
  await sell(bar, customer.text, coffee(500));
  expect(await bar.till.syncOnce()).toBe(true);
  const till = await onlyTill();
  expect(till.copiedAt).not.toBeNull();
  expect(till.unsent).toBe(0);

  await sell(bar, customer.text, coffee(500));
  await sell(copy, customer.text, coffee(500));
  for (const one of [bar, copy, bar]) expect(await one.till.syncOnce()).toBe(true);
  expect((await memberState(world, customer.member))?.days).toMatchObject({ '2026-03-10': { visits: 6 } });
  for (const one of [bar, copy]) {
    expect((await scan(one, customer.text)).state).toEqual(await memberState(world, customer.member));
  }
  await settleCopies(world.deps, BUSINESS, till.id);
  expect((await onlyTill()).copiedAt).toBeNull();
});

test('two copies that both sold while they were offline are noticed, and both go on', async () => {
  const bar = await world.tablet('Bar', 1);
  const customer = await world.join();
  await bar.till.syncOnce();
  const copy = await world.copyOf(bar, 2);
  await sell(bar, customer.text, coffee(500));
  for (let n = 0; n < 3; n += 1) await sell(copy, customer.text, coffee(500));
  expect(await bar.till.syncOnce()).toBe(true);
  expect(await copy.till.syncOnce()).toBe(true);
  expect(await onlyTill()).toMatchObject({ unsent: 0 });
  expect((await onlyTill()).copiedAt).not.toBeNull();
  await sell(bar, customer.text, coffee(500));
  await sell(copy, customer.text, coffee(500));
  for (const one of [bar, copy, bar]) expect(await one.till.syncOnce()).toBe(true);
  expect((await memberState(world, customer.member))?.days).toMatchObject({ '2026-03-10': { visits: 6 } });
  expect((await scan(bar, customer.text)).state).toEqual(await memberState(world, customer.member));
});

test('a tablet that was restored from an old copy of itself is no alarm', async () => {
  const bar = await world.tablet('Bar', 1);
  const customer = await world.join();
  await bar.till.syncOnce();
  const old = await world.copyOf(bar, 2);
  await sell(bar, customer.text, coffee(500));
  await bar.till.syncOnce();
  for (let n = 0; n < 3; n += 1) {
    await hello(old);
    await sell(old, customer.text, coffee(500));
  }
  await hello(old);
  expect(await onlyTill()).toMatchObject({ copiedAt: null, unsent: 0 });
  expect((await memberState(world, customer.member))?.days).toMatchObject({ '2026-03-10': { visits: 4 } });
});

test('revoked while it was offline: the queue arrives, then the customers’ data is gone from the tablet', async () => {
  const bar = await world.tablet('Bar', 1);
  const customer = await world.join();
  await bar.till.syncOnce();
  bar.online(false);
  await sell(bar, customer.text, coffee(500));
  await sell(bar, customer.text, coffee(500));
  const { id } = await onlyTill();
  await revokeDevice(world.deps, BUSINESS, id);
  // It cannot know yet, so it serves on.
  await bar.till.syncOnce();
  await sell(bar, customer.text, coffee(500));
  expect(bar.till.status.get()).toMatchObject({ phase: 'locked', unsent: 3 });
  bar.online(true);
  await bar.till.syncOnce();
  expect(bar.till.status.get()).toMatchObject({ phase: 'revoked', unsent: 0 });
  expect((await memberState(world, customer.member))?.days).toMatchObject({ '2026-03-10': { visits: 3 } });
  expect(await onlyTill()).toMatchObject({ revoked: true, unsent: 0, ended: { how: 'office', by: null } });
  const again = await world.reopen(bar, 9);
  expect(again.till.status.get().phase).toBe('revoked');
  expect(await again.till.identify(customer.text, 'camera')).toMatchObject({ ok: false });
});
