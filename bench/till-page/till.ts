import { browserPorts } from '../../src/till/browserPorts.ts';
import { createTill, type RunningTill } from '../../src/till/createTill.ts';
import type { TillPorts } from '../../src/till/ports.ts';
import type { Customer } from '../../src/till/till.ts';

/** The real till in this browser: real databases, real clock; only the network may be another one. */
export async function openTill(
  code: string,
  network: TillPorts['fetch'],
  storeName = 'bench-till',
): Promise<RunningTill> {
  const till = createTill({ ...browserPorts('bench'), storeName, fetch: network }, { loop: false });
  await till.start();
  const paired = await till.pair(code);
  if (!paired.ok) throw new Error(`the till is not paired: ${paired.reason}`);
  if (!(await till.syncOnce())) throw new Error(`no first sync: ${till.status.get().lastError}`);
  return till;
}

/** Customers of a morning, enrolled at this till. */
export async function enrollSome(till: RunningTill, count: number): Promise<Customer[]> {
  const customers: Customer[] = [];
  for (let n = 0; n < count; n++) {
    const recording = await till.enroll({ name: `Customer ${n}` }, null);
    if (!recording.ok || recording.customer === null) throw new Error('a customer was not enrolled');
    customers.push(recording.customer);
  }
  return customers;
}

/** One confirmed sale, as the counter's main button records it. */
export async function sell(till: RunningTill, customer: Customer, n: number): Promise<void> {
  const line = { product: 'latte', category: 'coffee', quantity: 1, amount: 1290, given: false };
  const sale = { kind: 'sale', total: 1290 + (n % 7) * 100, lines: [line], hour: 10, external: null } as const;
  const recording = await till.record(customer, sale, { secondPurchase: true });
  if (!recording.ok) throw new Error(`a sale was refused: ${recording.refusal.kind}`);
}
