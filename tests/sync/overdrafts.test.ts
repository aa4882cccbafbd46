import { expect, test } from 'vitest';
import type { Staff } from '../../src/protocol/documents.ts';
import { listDocuments, putDocument } from '../../src/server/store/documents.ts';
import { closeException } from '../../src/server/usecases/office/exceptions.ts';
import { readToday } from '../../src/server/usecases/office/today.ts';
import { coffee, memberState, redeem, scan, sell, syncAll } from './acts.ts';
import { eachWorld } from './eachWorld.ts';
import { BUSINESS, type Tablet, type World } from './world.ts';

const DAY = 86_400_000;
let world: World;
let bar: Tablet;
let door: Tablet;
type Customer = Awaited<ReturnType<World['join']>>;

eachWorld(async (made) => {
  world = made;
  bar = await world.tablet('Bar', 1);
  door = await world.tablet('Door', 2);
});

/** A full card that both tills know of, given away by both while they cannot see each other. */
async function doubled(customer: Customer): Promise<string> {
  world.clock.now += DAY;
  await syncAll(bar, door);
  await sell(bar, customer.text, coffee(300, 3));
  await syncAll(bar, door, bar);
  for (const tablet of [bar, door]) tablet.online(false);
  await redeem(bar, customer.text, 'gift');
  const second = await redeem(door, customer.text, 'gift');
  await syncAll(bar, door, bar);
  return second;
}

async function fill(customer: Customer): Promise<void> {
  world.clock.now += DAY;
  await syncAll(bar, door);
  await sell(bar, customer.text, coffee(300, 3));
  await syncAll(bar, door, bar);
}

const ask = async (tablet: Tablet, customer: Customer) => {
  const request = { kind: 'redeem', reward: 'gift', voucher: null } as const;
  const answer = await tablet.till.record(await scan(tablet, customer.text), request, { approvedBy: 'manager' });
  return answer.ok ? 'given' : answer.refusal.kind;
};

const exceptions = () => listDocuments(world.deps.db, BUSINESS, 'exception');
const deps = () => world.deps as Parameters<typeof closeException>[0];

test('the first overdraft is silent, after the second only online, after the third nothing until the owner lifts it', async () => {
  const customer = await world.join();
  await doubled(customer);
  await fill(customer);
  bar.online(false);
  await bar.till.syncOnce();
  expect(await ask(bar, customer)).toBe('given');
  await doubled(customer);
  await fill(customer);
  bar.online(false);
  await bar.till.syncOnce();
  expect(await ask(bar, customer)).toBe('memberOnlineOnly');
  await syncAll(bar);
  expect(await ask(bar, customer)).toBe('given');

  // Known to both by now, so only a till that knows nothing of the others can do it a third time.
  const strikes = (await memberState(world, customer.member))?.strikes ?? [];
  expect(strikes.map(({ toward }) => toward)).toEqual(['member', 'member']);
  await world.publish({
    ...world.program,
    policies: { ...world.program.policies, overdraftsToOnlineOnly: 1, overdraftsToBlock: 2 },
  });
  await fill(customer);
  expect(await ask(bar, customer)).toBe('memberBlocked');

  const today = await readToday(deps(), BUSINESS, null);
  const [latest] = today.exceptions.filter((one) => one.toward === 'member');
  expect(latest).toMatchObject({ kind: 'doubleRedemption', standing: 'blocked', cost: 350, till: 'Door' });
  expect(latest?.other).toMatchObject({ till: 'Bar' });
  const closing = { id: latest?.id ?? '', note: 'talked to her', lift: true };
  expect(await closeException(deps(), BUSINESS, 'owner', closing)).toEqual({ ok: true });
  await closeException(deps(), BUSINESS, 'owner', closing);
  expect((await memberState(world, customer.member))?.strikes).toHaveLength(1);
  const after = await readToday(deps(), BUSINESS, null);
  expect(after.exceptions.map(({ id }) => id)).not.toContain(closing.id);
  await syncAll(bar);
  expect((await bar.till.today(null)).exceptions.filter((one) => !one.closed).map(({ id }) => id)).not.toContain(
    closing.id,
  );
  expect(await ask(bar, customer)).toBe('given');
});

test('what is taken back does not count, nor what is longer ago than the policy looks', async () => {
  const customer = await world.join();
  const second = await doubled(customer);
  expect((await memberState(world, customer.member))?.strikes).toHaveLength(1);
  await door.till.undo(second, { approvedBy: 'manager', reason: 'wrong tap' });
  await syncAll(door, bar);
  expect((await memberState(world, customer.member))?.strikes).toBeUndefined();
  expect((await exceptions()).map(({ closed }) => closed)).toEqual([true]);
  await doubled(customer);
  await doubled(customer);
  world.clock.now += 91 * DAY;
  await fill(customer);
  bar.online(false);
  await bar.till.syncOnce();
  expect(await ask(bar, customer)).toBe('given');
});

test('the same person at both tills is for a word with the staff, and does not count for the customer', async () => {
  const pin = { salt: 'c2FsdA==', iterations: 1, hash: '' };
  const bea: Staff = { id: 'bea', name: 'Bea', role: 'staff', active: true, pin };
  const data = { ...bea, pin: { ...pin, hash: await hashOf('1357', pin.salt) } };
  await putDocument(world.deps.db, BUSINESS, { kind: 'staff', id: 'bea', data });
  await syncAll(bar, door);
  for (const { till } of [bar, door]) expect(await till.signIn('bea', '1357')).toEqual({ ok: true, staff: 'bea' });
  const customer = await world.join();
  await doubled(customer);
  expect((await memberState(world, customer.member))?.strikes).toMatchObject([{ toward: 'staff' }]);
  expect(await exceptions()).toMatchObject([{ kind: 'doubleRedemption', toward: 'staff', staff: 'bea', cost: 350 }]);
});

async function hashOf(secret: string, salt: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), 'PBKDF2', false, ['deriveBits']);
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt: Buffer.from(salt, 'base64'), iterations: 1 };
  return Buffer.from(await crypto.subtle.deriveBits(algorithm, key, 256)).toString('base64');
}
