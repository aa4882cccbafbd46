import type { Money, UnitId } from '../../loyalty/basics.ts';
import type { Effect } from '../../loyalty/effects.ts';
import type { Fact } from '../../loyalty/facts.ts';

/** One entry of a shop's day, from the server's ledger or from a till's own journal. */
export interface DayEntry {
  readonly event: string;
  readonly device: string;
  readonly fact: Fact;
  /** Booked; at a till, told where it is not booked yet. */
  readonly effects: readonly Effect[];
}

/** What the day adds up to, the same on every screen that shows it. */
export interface DayFigures {
  readonly sales: { readonly count: number; readonly total: Money };
  readonly stamps: number;
  readonly points: number;
  readonly redemptions: number;
  readonly newMembers: number;
}

/** Which events were taken back by later ones, whole or in part. */
export interface Reversals {
  readonly voided: ReadonlySet<string>;
  readonly refunded: ReadonlyMap<string, Money>;
}

export const reversalsOf = (facts: Iterable<Fact>): Reversals => {
  const voided = new Set<string>();
  const refunded = new Map<string, Money>();
  for (const fact of facts) {
    if (fact.kind === 'voided') voided.add(fact.target);
    if (fact.kind === 'refunded') refunded.set(fact.target, (refunded.get(fact.target) ?? 0) + fact.amount);
  }
  return { voided, refunded };
};

/**
 * Adds a day up. What was voided counts nowhere; a refund lowers the money of its sale. Stamps and points are those that
 * were given, also where they turned into a gift at once.
 */
export function dayFigures(
  entries: Iterable<DayEntry>,
  kindOfUnit: (unit: UnitId) => 'points' | 'stamps' | 'credit' | null,
  { voided, refunded }: Reversals,
): DayFigures {
  const figures = { sales: { count: 0, total: 0 }, stamps: 0, points: 0, redemptions: 0, newMembers: 0 };
  for (const { event, fact, effects } of entries) {
    if (voided.has(event) || fact.kind === 'voided' || fact.kind === 'refunded') continue;
    if (fact.kind === 'sale') {
      figures.sales.count += 1;
      figures.sales.total += Math.max(0, (fact.total ?? 0) - (refunded.get(event) ?? 0));
    }
    if (fact.kind === 'redeemed') figures.redemptions += 1;
    if (fact.kind === 'enrolled') figures.newMembers += 1;
    if (fact.kind === 'merged' || fact.kind === 'unmerged') continue;
    for (const effect of effects) {
      if (effect.kind !== 'credit') continue;
      const kind = kindOfUnit(effect.unit);
      if (kind === 'stamps') figures.stamps += effect.amount;
      if (kind === 'points') figures.points += effect.amount;
    }
  }
  return figures;
}
