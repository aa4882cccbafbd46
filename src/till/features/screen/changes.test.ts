import { describe, expect, it } from 'vitest';
import type { BalanceView, MemberView } from '../../../loyalty/views.ts';
import { changesBetween, creditsOf } from './changes.ts';

const stamps = (filled: number, openGifts = 0): BalanceView => ({
  unit: 'coffee',
  kind: 'stamps',
  name: { en: 'Coffee card' },
  amount: filled,
  expiring: [],
  card: { takes: 9, giftIsLast: true, picture: 'cup', filled, openGifts },
  carried: null,
});
const points = (amount: number): BalanceView => ({
  unit: 'points',
  kind: 'points',
  name: { en: 'Points' },
  amount,
  expiring: [],
  card: null,
  carried: null,
});
const view = (...balances: readonly BalanceView[]): MemberView => ({
  balances,
  available: [],
  near: [],
  tier: null,
  visits: 0,
  lastVisit: null,
  enrolledOn: null,
});

describe('changesBetween', () => {
  it('tells stamps from to, and points as a difference', () => {
    expect(changesBetween(view(points(142), stamps(7)), view(points(154), stamps(8)))).toMatchObject([
      { kind: 'stamps', from: 7, to: 8, gained: 1, full: false },
      { kind: 'points', delta: 12 },
    ]);
  });

  it('knows that a card which starts again has become full', () => {
    expect(changesBetween(view(stamps(8)), view(stamps(0, 1)))).toMatchObject([
      { from: 8, to: 9, gained: 1, full: true },
    ]);
    expect(changesBetween(view(stamps(8)), view(stamps(1, 1)))).toMatchObject([{ gained: 2, full: true }]);
  });

  it('says nothing where nothing changed', () => {
    expect(changesBetween(view(stamps(8), points(3)), view(stamps(8), points(3)))).toEqual([]);
  });

  it('counts all of it for a card that was not known', () => {
    expect(changesBetween(null, view(stamps(1)))).toMatchObject([{ from: 0, to: 1 }]);
  });
});

it('adds up credits of one unit, debt that is filled included', () => {
  const credit = (amount: number) =>
    ({ rule: 'r', kind: 'credit', unit: 'points', amount, lot: 'l', earned: '2026-01-01', expires: null }) as const;
  const credits = creditsOf([credit(10), credit(2), { rule: 'r', kind: 'debt', unit: 'points', delta: -3 }]);
  expect([...credits]).toEqual([['points', 15]]);
});
