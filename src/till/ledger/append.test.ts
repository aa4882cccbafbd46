import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import type { Event } from '../../protocol/event.ts';
import { REAL_TIMERS } from '../testing/testPorts.ts';
import { openLedgerDb, type LedgerDb } from '../store/ledgerDb.ts';
import { append } from './append.ts';
import { placeAfter } from './eventRow.ts';
import { beginNextRun } from './newRun.ts';
import { OwnLedger, type Head } from './ownLedger.ts';

const ports = { now: () => 1_700_000_000_000, randomBytes: (count: number) => new Uint8Array(count).fill(7) };
const timers = { after: (_ms: number, run: () => void) => REAL_TIMERS.after(0, run) };
let factory: IDBFactory;
let db: LedgerDb;
let own: OwnLedger;

async function openTab(): Promise<[LedgerDb, OwnLedger]> {
  const opened = openLedgerDb({ indexedDb: { factory, keyRange: IDBKeyRange }, storeName: 'append' });
  const ledger = new OwnLedger(opened, ports.now);
  await ledger.load({ through: 0, holes: [] }, {});
  return [opened, ledger];
}

beforeEach(async () => {
  factory = new IDBFactory();
  [db, own] = await openTab();
  await beginNextRun(ports, db, own);
  const keys = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
  ])) as CryptoKeyPair;
  await db.meta.put({
    key: 'pairing',
    value: { device: 'till', name: 'Till', business: 'shop', location: 'main', keys },
  });
});

function draft(id: string) {
  return (head: Head) => {
    const { row, event } = placeAfter(head, placeless(id), false, ports.now());
    return { rows: [row], events: [event], patches: [], answer: () => row.seq };
  };
}

function placeless(id: string): Omit<Event, 'v' | 'run' | 'seq' | 'prev'> {
  return {
    id,
    business: 'shop',
    location: 'main',
    device: 'till',
    at: ports.now(),
    skew: null,
    day: '2026-03-10',
    basis: { epoch: 'e', gseq: 0 },
    engine: 1,
    staff: null,
    member: 'm',
    credential: null,
    program: '0'.repeat(64),
    fact: { kind: 'actionConfirmed', action: 'shared' },
    told: [],
  };
}

/** Makes the next store attempts fail the way a browser does. */
function failing(times: number, error: (real: () => Promise<number>) => Promise<number>): void {
  const add = db.events.add.bind(db.events);
  let left = times;
  Object.defineProperty(db.events, 'add', {
    value: (row: Parameters<typeof add>[0]) => (left-- > 0 ? error(() => add(row)) : add(row)),
  });
}

function named(name: string, inner: unknown = null): Error {
  return Object.assign(new Error(name), { name, inner });
}

test('each event follows the one before, by number and by hash', async () => {
  for (const id of ['e1', 'e2', 'e3']) expect(await append(db, timers, own, draft(id))).toMatchObject({ ok: true });
  const [begin, ...rows] = await db.events.orderBy('n').toArray();
  expect(begin).toMatchObject({ seq: 0, hash: '0'.repeat(64) });
  expect(rows.map((row) => row.seq)).toEqual([1, 2, 3]);
  expect(rows.map((row) => (JSON.parse(row.bytes) as Event).prev)).toEqual([begin?.hash, rows[0]?.hash, rows[1]?.hash]);
});

test('a tab that was slower builds again on what the other one has stored', async () => {
  const [otherDb, other] = await openTab();
  expect(await append(db, timers, own, draft('e1'))).toMatchObject({ ok: true, answer: 1 });
  expect(await append(otherDb, timers, other, draft('e2'))).toMatchObject({ ok: true, answer: 2 });
  expect(await append(db, timers, own, draft('e3'))).toMatchObject({ ok: true, answer: 3 });
  expect(await db.events.count()).toBe(4);
});

test('a tab that missed the begin of a new run goes on in the new one', async () => {
  const [otherDb, other] = await openTab();
  await append(db, timers, own, draft('e1'));
  await beginNextRun({ ...ports, randomBytes: (count) => new Uint8Array(count).fill(9) }, db, own);
  expect(await append(otherDb, timers, other, draft('e2'))).toMatchObject({ ok: true, answer: 1 });
  expect(new Set((await db.events.toArray()).map((row) => row.run)).size).toBe(2);
});

test('a full disk stores nothing and says so, however deep the browser wraps it', async () => {
  const full = named('AbortError', named('DexieError', named('QuotaExceededError')));
  failing(1, () => Promise.reject(full));
  expect(await append(db, timers, own, draft('e1'))).toEqual({ ok: false, because: 'storageFull' });
  expect(await db.events.count()).toBe(1);
  expect(await append(db, timers, own, draft('e2'))).toMatchObject({ ok: true, answer: 1 });
});

test('a lost connection is opened again and the same event stored', async () => {
  failing(2, () => Promise.reject(named('UnknownError')));
  expect(await append(db, timers, own, draft('e1'))).toMatchObject({ ok: true, answer: 1 });
  expect(await db.events.count()).toBe(2);
});

test('a connection that dies after the commit stores once', async () => {
  failing(1, async (real) => {
    await real();
    throw named('DatabaseClosedError');
  });
  expect(await append(db, timers, own, draft('e1'))).toMatchObject({ ok: true, answer: 1 });
  expect(await db.events.count()).toBe(2);
  expect(own.head?.seq).toBe(1);
});

test('a connection that stays lost is said to be lost', async () => {
  failing(10, () => Promise.reject(named('InvalidStateError')));
  expect(await append(db, timers, own, draft('e1'))).toEqual({ ok: false, because: 'storeLost' });
});

test('a change of personal data that another tab recorded in a new run keeps its number, and is held once', async () => {
  const [otherDb, other] = await openTab();
  await beginNextRun({ ...ports, randomBytes: (count) => new Uint8Array(count).fill(9) }, otherDb, other);
  const change = (head: Head) => {
    const { run } = head;
    const pseq = head.pseq + 1;
    const patch = { id: `p${pseq}`, device: 'bar', run, pseq, member: 'm', at: ports.now(), fields: { name: 'Nóra' } };
    return { rows: [], events: [], patches: [{ n: head.patchN + 1, run, pseq, patch }], answer: () => pseq };
  };
  expect(await append(otherDb, timers, other, change)).toMatchObject({ ok: true, answer: 1 });
  await Promise.all([own.catchUp(), own.catchUp()]);
  const run = own.head?.run ?? '';
  expect(own.patchesAfter(run, 0).map(({ pseq }) => pseq)).toEqual([1]);
  expect(await append(db, timers, own, change)).toMatchObject({ ok: true, answer: 2 });
});
