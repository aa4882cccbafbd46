import { pbkdf2Sync } from 'node:crypto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import type { Staff } from '../../protocol/documents.ts';
import { openLedgerDb, type LedgerDb } from '../store/ledgerDb.ts';
import { checkPin, waitAfter } from './pins.ts';

let db: LedgerDb;
beforeEach(() => {
  db = openLedgerDb({ indexedDb: { factory: new IDBFactory(), keyRange: IDBKeyRange }, storeName: 'pins' });
});

function person(id: string, pin: string, more: Partial<Staff> = {}): Staff {
  const salt = Buffer.from(`salt of ${id}`);
  const hash = pbkdf2Sync(pin, salt, 1000, 32, 'sha256').toString('base64');
  const verifier = { salt: salt.toString('base64'), iterations: 1000, hash };
  return { id, name: id, role: 'staff', active: true, pin: verifier, ...more };
}

const nora = person('nora', '4711');

test('the right PIN signs in and sets the count of wrong ones back', async () => {
  expect(await checkPin(db, 0, 'nora', [nora], '0000')).toEqual({ ok: false, reason: 'wrongPin', until: null });
  expect(await checkPin(db, 0, 'nora', [nora], '4711')).toEqual({ ok: true, staff: 'nora' });
  expect(await db.pins.count()).toBe(0);
});

test('after four slips each wrong PIN costs twice the wait of the one before, on disk', async () => {
  let now = 0;
  for (let n = 0; n < 4; n++) await checkPin(db, now, 'nora', [nora], '0000');
  expect(await checkPin(db, now, 'nora', [nora], '0000')).toMatchObject({ reason: 'wrongPin', until: 30_000 });
  expect(await checkPin(db, now, 'nora', [nora], '4711')).toEqual({ ok: false, reason: 'locked', until: 30_000 });
  now = 30_000;
  expect(await checkPin(db, now, 'nora', [nora], '0000')).toMatchObject({ until: now + 60_000 });
  now += 60_000;
  expect(await checkPin(db, now, 'nora', [nora], '4711')).toEqual({ ok: true, staff: 'nora' });
  expect([0, 4, 5, 6, 20].map(waitAfter)).toEqual([0, 0, 30_000, 60_000, 900_000]);
});

test('a clock that was set back does not lock the counter for ever', async () => {
  for (let n = 0; n < 5; n++) await checkPin(db, 10_000_000, 'nora', [nora], '0000');
  expect(await checkPin(db, 0, 'nora', [nora], '4711')).toEqual({ ok: true, staff: 'nora' });
});

test('who has left cannot approve', async () => {
  const left = person('bea', '123987', { active: false, role: 'manager' });
  expect(await checkPin(db, 0, 'approval', [left], '123987')).toMatchObject({ ok: false, reason: 'wrongPin' });
});

test('a try that the disk has no room to count is answered, and signs nobody in', async () => {
  const full = new Error('full', { cause: null });
  full.name = 'QuotaExceededError';
  db.pins.hook('creating', () => {
    throw full;
  });
  expect(await checkPin(db, 0, 'nora', [nora], '4711')).toEqual({ ok: false, reason: 'storageFull', until: null });
});
