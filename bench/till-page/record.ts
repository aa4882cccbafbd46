import { Dexie } from 'dexie';
import { enrollSome, openTill, sell } from './till.ts';
import { stubServer } from './stub.ts';

export interface Times {
  readonly ours: number[];
  readonly bare: number[];
}

declare global {
  interface Window {
    measureRecord: (warmUps: number, rounds: number) => Promise<Times>;
  }
}

/** In turns: a confirmed sale to its resolved transaction, and a bare strict Dexie transaction of the same bytes. */
window.measureRecord = async (warmUps, rounds) => {
  const till = await openTill('CODE', stubServer());
  const customers = await enrollSome(till, 40);
  const ledger = new Dexie('bench-till-ledger', { chromeTransactionDurability: 'strict' });
  await ledger.open();
  const bare = new Dexie('bench-bare', { chromeTransactionDurability: 'strict' });
  bare.version(1).stores({ rows: 'n' });
  await bare.open();
  const times: Times = { ours: [], bare: [] };
  for (let n = 0; n < warmUps + rounds; n++) {
    const customer = customers[n % customers.length];
    if (customer === undefined) throw new Error('no customer');
    const begin = performance.now();
    await sell(till, customer, n);
    const ours = performance.now() - begin;
    const { bytes } = (await ledger.table<{ bytes: string }>('events').orderBy('n').last()) ?? { bytes: '' };
    const from = performance.now();
    await bare.transaction('rw', bare.table('rows'), () => bare.table('rows').add({ n, bytes }));
    const theirs = performance.now() - from;
    if (n < warmUps) continue;
    times.ours.push(ours);
    times.bare.push(theirs);
  }
  await till.close();
  return times;
};
