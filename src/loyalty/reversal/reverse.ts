import { type Booking, emit } from '../rules/booking.ts';
import type { Target } from '../decision.ts';
import type { Effect } from '../effects.ts';
import type { Extent } from './extent.ts';
import type { Fact } from '../facts.ts';
import { atLeastZero, floorOf } from '../integers.ts';
import { entry } from '../records.ts';
import { undoDirect } from './reverseDirect.ts';
import { takeBackEarned } from './reverseEarned.ts';
import { saleTotal } from '../rules/saleFigures.ts';
import { partFirings, settle } from './unfire.ts';

/**
 * Takes back what an event did: all of it, or (a refund) pro rata on the amount refunded by now, so that ten refunds of 1
 * are one of 10, and voids and refunds from several tills never add up to more than the sale.
 */
export function reverse(booking: Booking, target: Target, amount: number | null): void {
  const { draft, context, why } = booking;
  if (!isReversible(target.fact, amount === null)) {
    why.push({ kind: 'notReversible', target: target.event });
    return;
  }
  const done = entry(draft.state.reversed, target.event);
  const total = target.fact.kind === 'sale' ? saleTotal(target.fact) : 0;
  const before = done?.amount ?? 0;
  const now = amount === null ? total : Math.min(total, before + atLeastZero(amount));
  const whole = amount === null;
  why.push({ kind: 'reversed', target: target.event, amount: done?.whole ? 0 : whole ? null : now - before });
  if ((done?.whole ?? false) || (!whole && now === before)) return;
  // First, so that what follows is never taken for the target's own doing where both are booked together.
  emit(booking, { rule: 'fact', kind: 'reversed', target: target.event, amount: now, whole, on: context.day });

  const extent: Extent = {
    whole,
    share: (n) => (whole ? n : floorOf(n, now, total)) - floorOf(n, before, total),
  };
  const { direct, groups } = partFirings(target.program, ownEffects(target));
  undoDirect(booking, target, direct, extent);
  takeBackEarned(booking, target, direct, groups, extent);
  settle(booking, { groups, since: target.day });
}

/** Acts at the counter can be taken back; joining, cards, merges and reversals cannot. Only of a sale a part can. */
export function isReversible(fact: Fact, whole: boolean): boolean {
  switch (fact.kind) {
    case 'sale':
      return true;
    case 'redeemed':
    case 'actionConfirmed':
    case 'goodwill':
    case 'goodwillReward':
    case 'adjusted':
      return whole;
    default:
      return false;
  }
}

function ownEffects({ event, effects }: Target): readonly Effect[] {
  const end = effects.findIndex((effect) => effect.kind === 'reversed' && effect.target === event);
  return end < 0 ? effects : effects.slice(0, end);
}
