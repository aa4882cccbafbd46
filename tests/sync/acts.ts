import type { Sale } from '../../src/loyalty/facts.ts';
import type { MemberState } from '../../src/loyalty/state.ts';
import { readMember } from '../../src/server/store/members.ts';
import type { Customer } from '../../src/till/till.ts';
import { BUSINESS, type Tablet, type World } from './world.ts';

export function coffee(total: number, quantity = 1): Sale {
  const line = { product: null, category: 'coffee', quantity, amount: total, given: false };
  return { kind: 'sale', total, lines: [line], hour: 10, external: null };
}

export async function scan(tablet: Tablet, text: string): Promise<Customer> {
  const found = await tablet.till.identify(text, 'camera');
  if (!found.ok) throw new Error(found.reason);
  return found.customer;
}

/** Records a sale and gives the event's id. */
export async function sell(tablet: Tablet, text: string, sale: Sale): Promise<string> {
  const recording = await tablet.till.record(await scan(tablet, text), sale, { secondPurchase: true });
  if (!recording.ok) throw new Error(JSON.stringify(recording.refusal));
  return recording.event;
}

/** A till, and a customer whom it knows. */
export async function barAndCustomer(world: World) {
  const bar = await world.tablet('Bar', 1);
  const customer = await world.join();
  await bar.till.syncOnce();
  return { bar, customer };
}

/** A till that has brought a first sale of a customer to the server. */
export async function barWithSale(world: World) {
  const { bar, customer } = await barAndCustomer(world);
  await sell(bar, customer.text, coffee(1000));
  await bar.till.syncOnce();
  return { bar, customer };
}

/** Gives each its network, and syncs them one after the other. */
export async function syncAll(...tablets: readonly Tablet[]): Promise<void> {
  for (const tablet of tablets) {
    tablet.online(true);
    await tablet.till.syncOnce();
  }
}

/** Gives a reward away, with a manager's word where policies ask for one. */
export async function redeem(tablet: Tablet, text: string, reward: string): Promise<string> {
  const request = { kind: 'redeem', reward, voucher: null } as const;
  const recording = await tablet.till.record(await scan(tablet, text), request, { approvedBy: 'manager' });
  if (!recording.ok) throw new Error(JSON.stringify(recording.refusal));
  return recording.event;
}

/** A member as the server has booked it. */
export async function memberState(world: World, member: string): Promise<MemberState | undefined> {
  return (await readMember(world.deps.db, BUSINESS, member))?.state;
}

/** Events in the server's ledger. */
export async function ledgerSize(world: World): Promise<number> {
  const { n } = await world.deps.db
    .selectFrom('events')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
}
