import { Dexie } from 'dexie';
import { enrollSome, openTill, sell } from './till.ts';

/** Who comes while the network is away. */
const CUSTOMERS = 2000;

/** PouchDB as its own browser build puts it on the page. */
interface PouchDatabase {
  readonly bulkDocs: (docs: readonly object[]) => Promise<unknown>;
  readonly replicate: {
    readonly to: (
      url: string,
      options: { readonly batch_size?: number },
    ) => Promise<{
      readonly ok: boolean;
      readonly errors: readonly unknown[];
    }>;
  };
}

declare global {
  interface Window {
    PouchDB: new (name: string) => PouchDatabase;
    weatherBegins: () => Promise<void>;
    drainOurs: (code: string, events: number) => Promise<number>;
    drainFloor: (url: string, batch: number) => Promise<number>;
    drainPouch: (url: string, batch: number | null) => Promise<number>;
  }
}

interface Row {
  readonly n: number;
  readonly seq: number;
  readonly bytes: string;
}

/** Records so many sales with the network off, then gives it back: ms until the server has acknowledged the last one. */
window.drainOurs = async (code, events) => {
  let online = true;
  const till = await openTill(code, (path, init) =>
    online ? fetch(path, init) : Promise.reject(new TypeError('offline')),
  );
  online = false;
  const customers = await enrollSome(till, CUSTOMERS);
  for (let n = CUSTOMERS; n < events; n++) {
    const customer = customers[n % customers.length];
    if (customer === undefined) throw new Error('no customer');
    await sell(till, customer, n);
  }
  if (till.status.get().unsent !== events) throw new Error(`${till.status.get().unsent} events are queued`);
  await window.weatherBegins();
  online = true;
  const begin = performance.now();
  let acknowledged: number | null = null;
  till.status.subscribe(() => {
    if (till.status.get().unsent === 0) acknowledged ??= performance.now() - begin;
  });
  // What fails is tried again after the first pause of the till's own loop.
  for (let tries = 0; !(await till.syncOnce()); tries++) {
    if (till.status.get().unsent === 0) break;
    if (tries === 200) throw new Error(`the till could not send: ${till.status.get().lastError}`);
    await pause();
  }
  if (acknowledged === null) throw new Error('the till sent less than it had');
  return acknowledged;
};

/** The same rows, read from the same database and sent by plain fetch: what no till can be faster than. */
window.drainFloor = async (url, batch) => {
  const ledger = await openLedger();
  const rows = ledger.table<Row>('events');
  const last = (await rows.orderBy('n').last())?.n ?? 0;
  const begin = performance.now();
  for (let from = 1; from <= last; from += batch) {
    const part = await rows
      .where('n')
      .between(from, from + batch, true, false)
      .toArray();
    const body = JSON.stringify(part.map((row) => row.bytes));
    for (let tries = 0; !(await isStored(url, body)); tries++) {
      if (tries === 200) throw new Error('the floor could not send');
      await pause();
    }
  }
  return performance.now() - begin;
};

/** The same events as documents of PouchDB, replicated to a server of its own kind. */
window.drainPouch = async (url, batch) => {
  const ledger = await openLedger();
  const rows = await ledger.table<Row>('events').toArray();
  const docs = rows
    .filter((row) => row.seq > 0)
    .map((row) => {
      const { id, ...event } = JSON.parse(row.bytes) as { readonly id: string };
      return { _id: id, ...event };
    });
  const database = new window.PouchDB(`bench-pouch-${batch}`);
  for (let from = 0; from < docs.length; from += 1000) await database.bulkDocs(docs.slice(from, from + 1000));
  const begin = performance.now();
  for (let tries = 0; ; tries++) {
    const done = await database.replicate.to(url, batch === null ? {} : { batch_size: batch }).catch(() => null);
    if (done?.ok && done.errors.length === 0) return performance.now() - begin;
    if (tries === 200) throw new Error('PouchDB could not send');
    await pause();
  }
};

/** As long as a till waits after its first failure. */
const pause = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 1000));

async function isStored(url: string, body: string): Promise<boolean> {
  try {
    const response = await fetch(url, { method: 'POST', body });
    return (await response.text()) === 'stored';
  } catch {
    return false;
  }
}

async function openLedger(): Promise<Dexie> {
  const ledger = new Dexie('bench-till-ledger');
  await ledger.open();
  return ledger;
}
