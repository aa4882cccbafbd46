import { Dexie } from 'dexie';
import type { MemberRecord } from '../../src/protocol/documents.ts';
import { browserPorts } from '../../src/till/browserPorts.ts';
import { createTill, type RunningTill } from '../../src/till/createTill.ts';
import { sell } from './till.ts';

export interface Booted {
  /** ms from the pairing until the first customer's sale was on the disk. */
  readonly first: number;
  /** ms from the pairing until every customer can be found. */
  readonly complete: number;
}

/** PouchDB as its own browser build puts it on the page. */
interface PouchDatabase {
  readonly replicate: {
    readonly from: (
      url: string,
      options: { readonly batch_size?: number },
    ) => Promise<{ readonly docs_written: number }>;
  };
}

declare global {
  interface Window {
    bootOurs: (code: string, lastPhone: string) => Promise<Booted>;
    bootRows: (count: number) => Promise<number>;
    bootPouch: (url: string, batch: number | null, count: number) => Promise<number>;
  }
}

/** Pairs a fresh till and serves a newcomer as soon as it lets one, while the shop's customers still come. */
window.bootOurs = async (code, lastPhone) => {
  const till = createTill({ ...browserPorts('bench'), storeName: 'bench-till' }, { loop: false });
  await till.start();
  const begin = performance.now();
  const paired = await till.pair(code);
  if (!paired.ok) throw new Error(`the till is not paired: ${paired.reason}`);
  const synced = till.syncOnce().then((done) => ({ done, at: performance.now() - begin }));
  const first = await serveFirst(till).then(() => performance.now() - begin);
  const { done, at } = await synced;
  if (!done) throw new Error(`no first sync: ${till.status.get().lastError}`);
  const found = await till.findByPhone(lastPhone);
  if (found.length !== 1) throw new Error(`${found.length} customers have the last one's phone number`);
  await till.close();
  return { first, complete: at };
};

async function serveFirst(till: RunningTill): Promise<void> {
  for (;;) {
    const recording = await till.enroll({ name: 'Newcomer' }, null).catch(() => null);
    if (recording?.ok && recording.customer !== null) return sell(till, recording.customer, 0);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The same members as one row each, in memory already, into a bare Dexie table in which they can be found. */
window.bootRows = async (count) => {
  const rows: object[] = [];
  for (let from = 0; from < count; from += 5000) {
    const records = (await (await fetch(`/crowd/${from}`)).json()) as readonly MemberRecord[];
    for (const record of records) {
      const cards = record.credentials.map((card) => card.id);
      rows.push({ ...record, phone: record.profile?.phone, name: record.profile?.name, cards });
    }
  }
  const db = new Dexie('bench-rows', { chromeTransactionDurability: 'relaxed' });
  db.version(1).stores({ members: 'member, phone, name, *cards' });
  await db.open();
  const begin = performance.now();
  for (let from = 0; from < count; from += 5000) await db.table('members').bulkPut(rows.slice(from, from + 5000));
  return performance.now() - begin;
};

/** The same members as documents of PouchDB, replicated from a server of its own kind. */
window.bootPouch = async (url, batch, count) => {
  const Pouch = window.PouchDB as unknown as new (name: string) => PouchDatabase;
  const database = new Pouch(`bench-pouch-${batch}`);
  const begin = performance.now();
  const done = await database.replicate.from(url, batch === null ? {} : { batch_size: batch });
  const took = performance.now() - begin;
  if (done.docs_written !== count) throw new Error(`PouchDB wrote ${done.docs_written} documents`);
  return took;
};
