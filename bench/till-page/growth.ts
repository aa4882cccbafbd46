import type { RunningTill } from '../../src/till/createTill.ts';
import { enrollSome, openTill, sell } from './till.ts';

export interface Grown {
  readonly scan: number[];
  readonly commit: number[];
}

export interface GrownShop {
  /** Below which path its server answers. */
  readonly prefix: string;
  readonly code: string;
  /** Codes of cards of its customers, one for each time that is measured. */
  readonly cards: readonly string[];
  /** Sales that this till has recorded and not brought yet. */
  readonly own: number;
}

declare global {
  interface Window {
    measureGrowth: (small: GrownShop, large: GrownShop, warmUps: number) => Promise<{ small: Grown; large: Grown }>;
  }
}

/** In turns at a till of a small shop and at one of a large shop: a card is shown, the customer is known, a sale is recorded. */
window.measureGrowth = async (small, large, warmUps) => {
  const tills = { small: await openGrown('small', small), large: await openGrown('large', large) };
  const took = { small: { scan: [], commit: [] } as Grown, large: { scan: [], commit: [] } as Grown };
  for (let n = 0; n < small.cards.length; n++) {
    for (const [size, shop] of [
      ['small', small],
      ['large', large],
    ] as const) {
      const one = await serve(tills[size], shop.cards[n] ?? '', n);
      if (n < warmUps) continue;
      took[size].scan.push(one.scan);
      took[size].commit.push(one.commit);
    }
  }
  return took;
};

async function openGrown(name: string, { prefix, code, own }: GrownShop): Promise<RunningTill> {
  let online = true;
  const network = (path: string, init: RequestInit) =>
    online ? fetch(prefix + path, init) : Promise.reject(new TypeError('offline'));
  const till = await openTill(code, network, `bench-till-${name}`);
  online = false;
  const customers = await enrollSome(till, Math.min(own, 100));
  for (let n = customers.length; n < own; n++) {
    const customer = customers[n % customers.length];
    if (customer) await sell(till, customer, n);
  }
  return till;
}

async function serve(till: RunningTill, card: string, n: number): Promise<{ scan: number; commit: number }> {
  const begin = performance.now();
  const found = await till.identify(card, 'camera');
  if (!found.ok) throw new Error(`a card was not known: ${found.reason}`);
  const scanned = performance.now();
  await sell(till, found.customer, n);
  return { scan: scanned - begin, commit: performance.now() - scanned };
}
