import { expect, test } from 'vitest';
import type { OpeningHours } from '../../../../protocol/documents.ts';
import { findPatterns, type PatternAct } from './findPatterns.ts';

/** A Monday. */
const DAY = '2026-03-02';
const MIDNIGHT = Date.UTC(2026, 2, 2);
const eightToSix = { from: 8 * 60, to: 18 * 60 };
const WEEK: OpeningHours = [eightToSix, eightToSix, eightToSix, eightToSix, eightToSix, null, null];

let n = 0;
function act(seconds: number, change: Partial<PatternAct> = {}): PatternAct {
  n += 1;
  return {
    event: `event-${n}`,
    at: MIDNIGHT + seconds * 1000,
    minutes: Math.floor(seconds / 60),
    staff: 'bea',
    device: 'till',
    location: 'main',
    member: `member-${n}`,
    kind: 'sale',
    scanned: true,
    target: null,
    ...change,
  };
}

const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const NINE = 9 * 3600;
const found = (acts: readonly PatternAct[], hours: OpeningHours | null = WEEK) => findPatterns(DAY, acts, () => hours);

/** A morning rush: two people at two tills, a customer every twenty seconds, regulars twice, some by phone number. */
const rush = [
  ...times(90, (at) => act(NINE + at * 20, { staff: 'bea', member: `regular-${at % 60}`, scanned: at % 9 !== 0 })),
  ...times(90, (at) =>
    act(NINE + at * 20, { staff: 'adam', device: 'bar', member: `guest-${at % 70}`, scanned: at % 8 !== 0 }),
  ),
  ...times(4, (at) => act(NINE + at * 400, { kind: 'redeemed', member: `regular-${at}` })),
];

test('a normal rush gives nothing', () => {
  expect(found(rush)).toEqual([]);
});

test('a day without anybody gives nothing', () => {
  expect(found([])).toEqual([]);
});

test('one card, again and again from the same hand', () => {
  const friend = times(5, (at) => act(NINE + at * 3000, { member: 'friend' }));
  const few = times(8, (at) => act(NINE + at * 900));
  expect(found([...few, ...friend])).toMatchObject([
    { kind: 'selfService', staff: 'bea', member: 'friend', count: 5, of: 13, day: DAY },
  ]);
  // Among many customers the same is a regular with colleagues to fetch coffee for.
  const many = times(40, (at) => act(NINE + at * 700));
  expect(found([...many, ...friend])).toEqual([]);
});

test('stamps faster than anybody can serve, whoever they are for', () => {
  const fast = times(4, (at) => act(NINE + at * 8));
  expect(found(fast)).toMatchObject([{ kind: 'bursts', count: 4, from: fast[0]?.at, to: fast[3]?.at }]);
  expect(found(fast.slice(0, 3))).toEqual([]);
  // Of two tills together there may be as many.
  expect(found(fast.map((one, at) => ({ ...one, device: `till-${at % 2}` })))).toEqual([]);
  // What was taken back at once was a mistake.
  const undone = fast.map(({ event, at }) => act(at / 1000 + 60 - MIDNIGHT / 1000, { kind: 'voided', target: event }));
  expect(found([...fast, ...undone])).toEqual([]);
});

test('sales taken back after the reward was given; once is a mistake', () => {
  const trick = (at: number) => {
    const member = `member-of-${at}`;
    const sale = act(NINE + at, { member });
    const gift = act(NINE + at + 60, { member, kind: 'redeemed' });
    return [sale, gift, act(NINE + at + 300, { member, kind: 'voided', target: sale.event })];
  };
  expect(found(trick(0))).toEqual([]);
  expect(found([...trick(0), ...trick(2000)])).toMatchObject([{ kind: 'voidAfterRedeem', count: 2, of: 2 }]);
});

test('without a code far more often than the colleagues', () => {
  const others = times(30, (at) => act(NINE + at * 60, { staff: 'adam', device: 'bar', scanned: at % 15 !== 0 }));
  const own = times(14, (at) => act(NINE + at * 90, { scanned: at % 2 === 0 }));
  expect(found([...others, ...own])).toMatchObject([{ kind: 'manualEntries', staff: 'bea', count: 7, of: 14 }]);
  const sameThere = others.map((one, at) => ({ ...one, scanned: at % 2 === 0 }));
  expect(found([...sameThere, ...own])).toEqual([]);
  expect(found(own)).toEqual([]);
});

test('outside the opening hours, only where there are any', () => {
  const late = times(3, (at) => act(19 * 3600 + at * 600));
  expect(found(late)).toMatchObject([{ kind: 'outsideHours', count: 3 }]);
  expect(found(late, null)).toEqual([]);
  expect(found(times(5, (at) => act(18 * 3600 + at * 300)))).toEqual([]);
  const sunday = findPatterns(
    '2026-03-08',
    times(3, (at) => act(NINE + at * 600)),
    () => WEEK,
  );
  expect(sunday).toMatchObject([{ kind: 'outsideHours', count: 3 }]);
});

test('at most a handful, the most striking first', () => {
  const all = times(8, (person) =>
    times(4 + person, (at) => act(NINE + person * 1000 + at * 5, { staff: `staff-${person}` })),
  ).flat();
  const patterns = found(all);
  expect(patterns).toHaveLength(5);
  expect(patterns.map(({ count }) => count)).toEqual([11, 10, 9, 8, 7]);
});
