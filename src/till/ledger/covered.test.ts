import { expect, test } from 'vitest';
import { covers, coveredOf, coveredWith } from './covered.ts';

const RUNS = [
  { run: 'a', base: 1 },
  { run: 'b', base: 5 },
];

test('rows that came are covered, and a row that was passed over stays a hole', () => {
  const covered = coveredWith({ through: 1, holes: [] }, [2, 4], RUNS);
  expect(covered).toEqual({ through: 4, holes: [3] });
  expect([1, 2, 3, 4, 5].map((n) => covers(covered, n))).toEqual([true, true, false, true, false]);
});

test('a hole is filled when its event comes after all', () => {
  expect(coveredWith({ through: 4, holes: [3] }, [3], RUNS)).toEqual({ through: 4, holes: [] });
});

test('the row that begins a run is no hole', () => {
  expect(coveredWith({ through: 4, holes: [] }, [6], RUNS)).toEqual({ through: 6, holes: [] });
});

test('nothing new leaves the very same object, so that what is folded stays', () => {
  const covered = { through: 4, holes: [] };
  expect(coveredWith(covered, [], RUNS)).toBe(covered);
});

test('a snapshot covers each run as far as the server says, without what is in quarantine', () => {
  const own = { a: { through: 3, quarantined: [2] }, b: { through: 9, quarantined: [] } };
  expect(coveredOf(own, RUNS, 7)).toEqual({ through: 7, holes: [3] });
  expect(coveredOf({ b: { through: 1, quarantined: [] } }, RUNS, 7)).toEqual({ through: 6, holes: [2, 3, 4] });
  expect(coveredOf({}, RUNS, 7)).toEqual({ through: 0, holes: [] });
});

test('a ledger of many years is counted as any other', () => {
  const through = 300_000;
  expect(coveredOf({ a: { through, quarantined: [] } }, [{ run: 'a', base: 1 }], through + 1)).toEqual({
    through: through + 1,
    holes: [],
  });
});

test('what stands before the first run was brought under an earlier pairing, and is covered', () => {
  const runs = [{ run: 'b', base: 5 }];
  expect(coveredOf({ b: { through: 2, quarantined: [1] } }, runs, 7)).toEqual({ through: 7, holes: [6] });
  expect(coveredOf({}, runs, 7)).toEqual({ through: 4, holes: [] });
});
