import { describe, expect, it } from 'vitest';
import type { Effect } from '../../loyalty/effects.ts';
import type { Fact } from '../../loyalty/facts.ts';
import { dayFigures, reversalsOf } from './dayFigures.ts';

const kindOfUnit = (unit: string) => (unit === 'card' ? 'stamps' : unit === 'points' ? 'points' : null);
const sale = (total: number | null): Fact => ({ kind: 'sale', total, lines: [], hour: 9, external: null });
const credit = (unit: string, amount: number): Effect => ({
  rule: 'r',
  kind: 'credit',
  unit,
  amount,
  lot: 'l',
  earned: '2025-11-20',
  expires: null,
});
const entry = (event: string, fact: Fact, ...effects: Effect[]) => ({ event, device: 'd', fact, effects });

describe('dayFigures', () => {
  it('adds up sales, what they gave, rewards and new members', () => {
    const entries = [
      entry('1', { kind: 'enrolled', via: 'till' }),
      entry('2', sale(1290), credit('card', 1), credit('points', 12)),
      entry('3', sale(null), credit('card', 1)),
      entry('4', { kind: 'redeemed', reward: 'coffee', voucher: null, due: null, approvedBy: null }),
    ];
    expect(dayFigures(entries, kindOfUnit, reversalsOf([]))).toEqual({
      sales: { count: 2, total: 1290 },
      stamps: 2,
      points: 12,
      redemptions: 1,
      newMembers: 1,
    });
  });

  it('leaves out what was voided, and what a void gave back', () => {
    const voided: Fact = { kind: 'voided', target: '1', reason: null };
    const entries = [entry('1', sale(1000), credit('points', 10)), entry('2', voided, credit('points', 5))];
    expect(dayFigures(entries, kindOfUnit, reversalsOf([voided]))).toEqual({
      sales: { count: 0, total: 0 },
      stamps: 0,
      points: 0,
      redemptions: 0,
      newMembers: 0,
    });
  });

  it('takes refunds off the money, never below zero', () => {
    const refund = (amount: number): Fact => ({ kind: 'refunded', target: '1', amount });
    const reversals = reversalsOf([refund(300), refund(900)]);
    expect(dayFigures([entry('1', sale(1000))], kindOfUnit, reversals).sales).toEqual({ count: 1, total: 0 });
  });
});
