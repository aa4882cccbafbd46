import { expect, test } from 'vitest';
import { eachWorld } from './eachWorld.ts';
import type { World } from './world.ts';
import { barAndCustomer, coffee, ledgerSize, memberState, scan, sell } from './acts.ts';

let world: World;
eachWorld((made) => (world = made));

test('a sale is stored, shown, pushed and pulled, and both sides then hold the same', async () => {
  const { bar: tablet, customer } = await barAndCustomer(world);
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
  expect(after.state).toEqual(await memberState(world, customer.member));
});

test('an answer that is lost after the server has stored is asked for again, and nothing is booked twice', async () => {
  const { bar: tablet, customer } = await barAndCustomer(world);
  await sell(tablet, customer.text, coffee(1190));
  tablet.ports.network = async (path, init) => {
    const answer = await world.request(path, init);
    if (path === '/sync/push') throw new TypeError('connection reset');
    return answer;
  };
  const before = await ledgerSize(world);
  expect(await tablet.till.syncOnce()).toBe(false);
  expect(await ledgerSize(world)).toBe(before + 1);
  expect(tablet.till.status.get().unsent).toBe(1);
  expect((await scan(tablet, customer.text)).view.balances[0]?.amount).toBe(1);
  tablet.online(true);
  expect(await tablet.till.syncOnce()).toBe(true);
  expect(await ledgerSize(world)).toBe(before + 1);
  expect((await scan(tablet, customer.text)).state).toEqual(await memberState(world, customer.member));
});

test('a sale of a till whose clock was a day behind counts on one day only', async () => {
  const { bar: tablet, customer } = await barAndCustomer(world);
  const now = world.clock.now;
  const again = await world.reopen(tablet, 5);
  again.online(false);
  world.clock.now = now - 86_400_000;
  await sell(again, customer.text, coffee(1190));
  world.clock.now = now;
  again.online(true);
  expect(await again.till.syncOnce()).toBe(true);
  const days = await Promise.all(['2026-03-09', '2026-03-10'].map((day) => again.till.today(day)));
  expect(days.map(({ sales }) => sales.count)).toEqual([0, 1]);
});

test('a portal that refuses with a page of its own is not the server: the till stays offline', async () => {
  const tablet = await world.tablet('Bar', 1);
  await tablet.till.syncOnce();
  for (const status of [403, 404, 407]) {
    tablet.ports.network = () => Promise.resolve(new Response('<html>Please sign in</html>', { status }));
    expect(await tablet.till.syncOnce()).toBe(false);
    expect(tablet.till.status.get().connection).toBe('offline');
  }
});

test('a page of a captive portal is no answer', async () => {
  const { bar: tablet, customer } = await barAndCustomer(world);
  await sell(tablet, customer.text, coffee(1190));
  tablet.ports.network = () => Promise.resolve(new Response('<html>Welcome, please sign in</html>', { status: 200 }));
  expect(await tablet.till.syncOnce()).toBe(false);
  expect(tablet.till.status.get()).toMatchObject({ unsent: 1, connection: 'offline', lastError: 'notAnAnswer' });
  tablet.online(true);
  expect(await tablet.till.syncOnce()).toBe(true);
  expect(tablet.till.status.get()).toMatchObject({ unsent: 0, connection: 'online' });
});

test('a tablet that dies right after "done" has everything when it is opened again', async () => {
  const { bar: tablet, customer } = await barAndCustomer(world);
  tablet.online(false);
  await sell(tablet, customer.text, coffee(1190));
  const again = await world.reopen(tablet, 2);
  again.online(false);
  expect(again.till.status.get()).toMatchObject({ phase: 'locked', unsent: 1 });
  expect(again.till.recent.get()).toMatchObject([{ customer: { member: customer.member } }]);
  await sell(again, customer.text, coffee(500));
  expect((await scan(again, customer.text)).view.balances[0]?.amount).toBe(2);
  again.online(true);
  await again.till.syncOnce();
  expect((await scan(again, customer.text)).state).toEqual(await memberState(world, customer.member));
});

test('an unsent sale is undone exactly, and the undo is booked as one', async () => {
  const { bar: tablet, customer } = await barAndCustomer(world);
  const kept = await sell(tablet, customer.text, coffee(1050));
  const before = await scan(tablet, customer.text);
  tablet.online(false);
  const sale = await sell(tablet, customer.text, coffee(2000, 2));
  expect((await scan(tablet, customer.text)).view.available.map((each) => each.reward)).toContain('gift');
  expect(await tablet.till.undo(sale)).toMatchObject({ ok: true });
  const undone = await scan(tablet, customer.text);
  expect(undone.view).toEqual(before.view);
  expect(tablet.till.recent.get()[0]).toMatchObject({ event: kept, undone: false });
  expect(await tablet.till.undo(sale)).toMatchObject({ ok: false, refusal: { kind: 'alreadyReversed' } });
  tablet.online(true);
  await tablet.till.syncOnce();
  expect((await scan(tablet, customer.text)).state).toEqual(await memberState(world, customer.member));
});

test('a genuine card that this till has never seen earns at once, and becomes its member when the news comes', async () => {
  const tablet = await world.tablet('Bar', 1);
  tablet.online(false);
  const customer = await world.join();
  const stranger = await scan(tablet, customer.text);
  expect(stranger).toMatchObject({ unknownHere: true, member: `card:${customer.card}` });
  await sell(tablet, customer.text, coffee(1000));
  expect((await scan(tablet, customer.text)).view.balances[0]?.amount).toBe(1);
  tablet.online(true);
  await tablet.till.syncOnce();
  const known = await scan(tablet, customer.text);
  expect(known).toMatchObject({ unknownHere: false, member: customer.member });
  expect(known.state).toEqual(await memberState(world, customer.member));
  expect(known.view.balances[0]?.amount).toBe(1);
});

test('what a stranger earned stays in sight when the card becomes known before the sale is sent', async () => {
  const tablet = await world.tablet('Bar', 1);
  tablet.online(false);
  const customer = await world.join();
  await sell(tablet, customer.text, coffee(1000));
  tablet.ports.network = async (path, init) => {
    if (path !== '/sync/push') return world.request(path, init);
    return Response.json({ error: 'badRequest', message: 'no', time: world.clock.now }, { status: 400 });
  };
  expect(await tablet.till.syncOnce()).toBe(false);
  const known = await scan(tablet, customer.text);
  expect(known).toMatchObject({ member: customer.member, unknownHere: false });
  expect(known.view.balances[0]?.amount).toBe(1);
  expect(tablet.till.status.get()).toMatchObject({ unsent: 1, lastError: 'badRequest' });
});

test('a customer enrolled offline is found by phone and by the card, before and after the sync', async () => {
  const bar = await world.tablet('Bar', 1);
  const door = await world.tablet('Door', 2);
  bar.online(false);
  const card = { kind: 'printed', id: 'ab'.repeat(16) } as const;
  const enrolled = await bar.till.enroll({ name: 'Nagy Ágnes', phone: '+36 30 123 4567' }, card);
  if (!enrolled.ok || enrolled.customer === null) throw new Error('not enrolled');
  const { member } = enrolled.customer;
  expect(await bar.till.findByPhone('06 30 123 4567')).toMatchObject([{ member, profile: { name: 'Nagy Ágnes' } }]);
  await bar.till.changeProfile(member, { phone: '+36 20 765 4321' });
  expect(await bar.till.findByPhone('06301234567')).toEqual([]);
  expect(await bar.till.findByPhone('4321')).toMatchObject([{ member }]);
  bar.online(true);
  await bar.till.syncOnce();
  await door.till.syncOnce();
  for (const tablet of [bar, door]) {
    expect(await tablet.till.findByPhone('06207654321')).toMatchObject([{ member, profile: { name: 'Nagy Ágnes' } }]);
    expect(await tablet.till.customer(`card:${card.id}`, null)).toMatchObject({ member, unknownHere: false });
  }
  const record = await memberState(world, member);
  expect((await door.till.customer(member, null)).state).toEqual(record);
  expect((await door.till.today(null)).newMembers).toBe(1);
});

test('a fresh tablet gets everybody by pages and finds them by card and phone', async () => {
  const customer = await world.join();
  const bar = await world.tablet('Bar', 1);
  await sell(bar, customer.text, coffee(1000));
  await bar.till.changeProfile(customer.member, { name: 'Kiss Bea', phone: '+36 30 222 3344' });
  await bar.till.syncOnce();
  const fresh = await world.tablet('Door', 2);
  expect((await scan(fresh, customer.text)).state).toEqual(await memberState(world, customer.member));
  expect(await fresh.till.findByPhone('06302223344')).toMatchObject([{ profile: { name: 'Kiss Bea' } }]);
  // What the others did today comes too, without being counted twice.
  expect((await fresh.till.today(null)).sales).toEqual({ count: 1, total: 1000 });
  await fresh.till.changeProfile(customer.member, { phone: '+36 30 999 8877' });
  await fresh.till.syncOnce();
  expect(await fresh.till.findByPhone('06302223344')).toEqual([]);
  expect(await fresh.till.findByPhone('06309998877')).toHaveLength(1);
});

test('two tabs of one till share one gap-free run', async () => {
  const one = await world.tablet('Bar', 1);
  const customer = await world.join();
  await one.till.syncOnce();
  const two = await world.reopen(one, 2);
  await Promise.all([one, two, one, two, one, two].map((tab, at) => sell(tab, customer.text, coffee(100 * (at + 1)))));
  await one.till.syncOnce();
  const rows = await world.deps.db
    .selectFrom('events')
    .select(['run', 'seq'])
    .where('device', '!=', 'server')
    .execute();
  expect(rows.map((row) => row.seq)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(new Set(rows.map((row) => row.run)).size).toBe(1);
  expect((await scan(one, customer.text)).state).toEqual(await memberState(world, customer.member));
});

test('what the server puts into quarantine stays in what the till shows, and holds nothing up', async () => {
  const { bar: tablet, customer } = await barAndCustomer(world);
  // Longer than any server reads: as good as an event of another age.
  const reason = 'x'.repeat(600);
  const goodwill = { kind: 'goodwill', reason, unit: 'card', amount: 1 } as const;
  expect(await tablet.till.record(await scan(tablet, customer.text), goodwill)).toMatchObject({ ok: true });
  await sell(tablet, customer.text, coffee(2000));
  expect(await tablet.till.syncOnce()).toBe(true);
  expect(tablet.till.status.get().unsent).toBe(0);
  expect(await world.deps.db.selectFrom('quarantine').select('seq').execute()).toEqual([{ seq: 1 }]);
  expect((await memberState(world, customer.member))?.lots.filter((lot) => lot.unit === 'card')).toHaveLength(1);
  expect((await scan(tablet, customer.text)).view.balances[0]?.amount).toBe(2);
  const again = await world.reopen(tablet, 2);
  expect((await scan(again, customer.text)).view.balances[0]?.amount).toBe(2);
});
