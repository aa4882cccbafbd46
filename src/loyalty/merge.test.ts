import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyState } from './emptyState.ts';
import type { Fact } from './facts.ts';
import { balance } from './fold/lots.ts';
import { both } from './presets.ts';
import type { Program } from './program.ts';
import type { MemberState } from './state.ts';
import { histories, programs } from './testing/arbitraries.ts';
import { Ledger, line, redeemed, saleOf, type Step } from './testing/world.ts';

const day = '2026-03-02';
const shop = both({ scale: 0, takes: 3, per: 100, category: 'coffee' });
const merged: Fact = { kind: 'merged', other: 'm2' };
const unmerged: Fact = { kind: 'unmerged', other: 'm2' };

function member(program: Program, steps: readonly Step[], prefix = ''): Ledger {
  const ledger = new Ledger(program);
  for (const { event, fact, day } of steps) ledger.book(`${prefix}${event}`, fact, day);
  return ledger;
}

const bought = (event: string, coffees: number): Step => ({ event, fact: saleOf(450, [line('coffee', coffees)]), day });

test('two cards of 2 stamps make one full card, and remainders and visits add up', () => {
  const ledger = member(shop, [bought('a', 2)]);
  const other = member(shop, [bought('b', 2)]).state;
  ledger.book('m', merged, day, other);
  const { state } = ledger;
  expect(state.vouchers).toMatchObject([{ id: 'full/1', status: 'open' }]);
  expect([balance(state, 'card', day), balance(state, 'points', day)]).toEqual([1, 8]);
  expect(state.carry).toEqual({ points: 100 });
  expect(state.days[day]).toEqual({ visits: 2, spend: 900, items: { coffee: 4 }, parts: { morning: 2 } });
  expect(state.aliases).toEqual(['m2']);
});

test('vouchers of the same name are both kept, and a used one stays used', () => {
  const ledger = member(shop, [bought('a', 3)]);
  const other = member(shop, [bought('b', 3), { event: 'r', fact: redeemed('gift', 'full/1'), day }]).state;
  ledger.book('m', merged, day, other);
  expect(ledger.state.vouchers.map(({ id, status, by }) => [id, status, by])).toEqual([
    ['full/1', 'open', []],
    ['full/1~m2', 'consumed', ['r']],
  ]);
  ledger.book('c', bought('c', 3).fact, day);
  expect(ledger.state.vouchers.map(({ id }) => id)).toContain('full/2');
});

test('debts of one are paid by what the other holds', () => {
  const ledger = member(shop, [{ event: 'r', fact: redeemed('coffee'), day }]);
  expect(balance(ledger.state, 'points', day)).toBe(-80);
  const rich = member(shop, [{ event: 's', fact: saleOf(10_000), day }]).state;
  ledger.book('m', merged, day, rich);
  expect(ledger.state.debts).toEqual({});
  expect(balance(ledger.state, 'points', day)).toBe(20);
});

test('what was spent in between is owed after taking apart', () => {
  const ledger = member(shop, []);
  const rich = member(shop, [{ event: 's', fact: saleOf(10_000), day }]).state;
  ledger.book('m', merged, day, rich);
  ledger.book('r', redeemed('coffee'), day);
  ledger.book('u', unmerged, day);
  expect(balance(ledger.state, 'points', day)).toBe(-80);
  expect(ledger.state.aliases).toEqual([]);
  expect(ledger.book('u2', unmerged, day).effects).toEqual([]);
});

test('a merge without a known state is an alias only', () => {
  const ledger = member(shop, []);
  ledger.book('m', merged, day);
  expect(ledger.state).toEqual({ ...emptyState(), aliases: ['m2'] });
});

/** What taking apart cannot know any more: marks of reversals, what waits, and when the first of the two had joined. */
function comparable(state: MemberState): MemberState {
  return { ...state, reversed: {}, waiting: [], enrolledOn: null };
}

/** Thresholds fire on what both have together, so what nobody has used is taken back, and what is owed settles. */
function owesBesideGift({ debts, vouchers }: MemberState): boolean {
  return 'card' in debts && vouchers.some(({ rule, status, ahead }) => rule === 'full' && (status === 'open' || ahead));
}

test('taking apart at once gives back exactly what was, over random programs and members', () => {
  fc.assert(
    fc.property(programs, histories, histories, (program, mine, theirs) => {
      const ledger = member(program, mine);
      const other = member(program, theirs, 'o').state;
      fc.pre(!owesBesideGift(ledger.state) && !owesBesideGift(other));
      const before = ledger.state;
      const when = [mine.at(-1)?.day ?? day, theirs.at(-1)?.day ?? day].sort()[1] ?? day;
      ledger.book('m', merged, when, other);
      for (const unit of ['card', 'points']) expect(ledger.state.debts[unit] ?? 0).toBeGreaterThanOrEqual(0);
      ledger.book('u', unmerged, when);
      expect(comparable(ledger.state)).toEqual(comparable(before));
    }),
    { numRuns: 300 },
  );
});
