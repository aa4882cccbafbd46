import { expect, test } from 'vitest';
import type { EventRow } from '../../store/ledgerDb.ts';
import { ReadAhead } from './readAhead.ts';

const row = (n: number): EventRow => ({ n, run: 'r', seq: n, hash: '', bytes: '', at: 0, offline: false });

test('gives exactly what is asked for, and asks the database for each row once', async () => {
  const reads: (readonly [number, number])[] = [];
  const ahead = new ReadAhead((from, to) => {
    reads.push([from, to]);
    return Promise.resolve(Array.from({ length: to - from + 1 }, (_, at) => row(from + at)));
  });
  const numbers = async (from: number, to: number) => (await ahead.take(from, to)).map((each) => each.n);
  expect(await numbers(1, 5)).toEqual([1, 2, 3, 4, 5]);
  ahead.prepare(8);
  // Only three fitted into the request.
  expect(await numbers(4, 8)).toEqual([4, 5, 6, 7, 8]);
  expect(await numbers(9, 10)).toEqual([9, 10]);
  expect(reads).toEqual([
    [1, 5],
    [6, 8],
    [9, 10],
  ]);
  // The server had lost something: back to the begin.
  expect(await numbers(2, 3)).toEqual([2, 3]);
});
