import { Pool } from 'pg';
import { expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { createTestDeps } from '../../testing/testDeps.ts';
import { gaveWay, isPassing } from './passing.ts';
import { transact } from './transact.ts';

const coded = (code: string, message = 'no') => Object.assign(new Error(message), { code });

/** Writes a row, and throws the given errors in turn before it is committed. */
async function writing(...errors: readonly Error[]) {
  const { db } = await createTestDeps();
  const left = [...errors];
  let tries = 0;
  const done = transact(db, async (trx) => {
    tries += 1;
    await trx
      .insertInto('server_meta')
      .values({ key: 'tried', value: String(tries) })
      .execute();
    const error = left.shift();
    if (error) throw error;
    return tries;
  });
  const stored = async () => {
    const row = await db.selectFrom('server_meta').select('value').where('key', '=', 'tried').executeTakeFirst();
    return row?.value ?? null;
  };
  return { done, stored, tries: () => tries };
}

it('does a transaction again that had to give way, and stores what the last try did alone', async () => {
  const { done, stored } = await writing(coded('40P01'), coded('40001'), coded('55P03'));
  expect(await done).toBe(4);
  expect(await stored()).toBe('4');
});

it('gives up after five tries, and does nothing again that failed for another reason', async () => {
  const stuck = await writing(...Array.from({ length: 9 }, () => coded('40P01')));
  await expect(stuck.done).rejects.toMatchObject({ code: '40P01' });
  expect(stuck.tries()).toBe(5);
  expect(await stuck.stored()).toBeNull();
  // Of a connection that was lost nobody knows whether it was committed.
  for (const error of [coded('23505'), coded('08006'), new Error('a bug')]) {
    const once = await writing(error);
    await expect(once.done).rejects.toBe(error);
    expect(once.tries()).toBe(1);
  }
});

it('tells what passes from what does not', () => {
  const passing = [
    '40001',
    '40P01',
    '55P03',
    '57P01',
    '57014',
    '53300',
    '08006',
    '25P03',
    'ECONNREFUSED',
    'SQLITE_BUSY',
  ];
  for (const code of passing) expect([code, isPassing(coded(code))]).toEqual([code, true]);
  for (const code of ['23505', '42P01', '22021', 'SQLITE_CONSTRAINT', 'ERR_INVALID_ARG_TYPE', 'ENOENT']) {
    expect([code, isPassing(coded(code))]).toEqual([code, false]);
  }
  expect(isPassing(new Error('timeout exceeded when trying to connect'))).toBe(true);
  expect(isPassing(new TypeError('x is not a function'))).toBe(false);
  expect(isPassing({ code: '40P01' })).toBe(false);
  expect(gaveWay(coded('08006'))).toBe(false);
});

it('knows a database that is not there by the error that its driver really gives', async () => {
  const pool = new Pool({ host: '127.0.0.1', port: 1, connectionTimeoutMillis: 5000 });
  const error: unknown = await pool.query('select 1').catch((reason: unknown) => reason);
  await pool.end();
  expect(isPassing(error)).toBe(true);
});

it('answers 503 and when to come back where the database is not to be had, and 500 where there is a bug', async () => {
  const deps = await createTestDeps();
  const failing = (error: Error) => ({ ...deps, live: { ...deps.live }, db: brokenDb(deps.db, error) });
  const ask = (error: Error) => createApp(failing(error)).request('/office/api/state');
  const busy = await ask(new Error('timeout exceeded when trying to connect'));
  expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await busy.json()).toMatchObject({ error: 'unavailable' });
  const bug = await ask(new TypeError('x is not a function'));
  expect(bug.status).toBe(500);
  expect(bug.headers.get('retry-after')).toBeNull();
});

/** A database of which every question ends in an error. */
function brokenDb<T extends object>(db: T, error: Error): T {
  return new Proxy(db, {
    get: (target, name) => {
      if (name === 'selectFrom' || name === 'transaction') throw error;
      return Reflect.get(target, name) as unknown;
    },
  });
}
