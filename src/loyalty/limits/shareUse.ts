import { type Booking, emit } from '../rules/booking.ts';
import type { Effect } from '../effects.ts';
import type { Fact } from '../facts.ts';
import type { Limit } from '../program.ts';
import { limitName, type ShareEffect } from './shares.ts';

/** The shares that a fact names. */
export function sharesIn(fact: Fact): readonly string[] {
  return 'shares' in fact ? (fact.shares ?? []) : [];
}

/** The fact naming these shares; one that uses none names none. */
export function withShares(fact: Fact, shares: readonly string[]): Fact {
  switch (fact.kind) {
    case 'sale':
    case 'redeemed':
    case 'actionConfirmed':
    case 'enrolled': {
      const { shares: _, ...plain } = fact;
      return shares.length === 0 ? plain : { ...plain, shares };
    }
    default:
      return fact;
  }
}

/** The shares that were used, by name and in the order of their use. */
export function usedShares(effects: readonly Effect[]): readonly string[] {
  return effects.flatMap((effect) => (effect.kind === 'share' && effect.move === 'used' ? [effect.share] : []));
}

/** Effects on shares, which are folded into pools rather than into the member. */
export function shareEffects(effects: readonly Effect[]): readonly ShareEffect[] {
  return effects.filter((effect) => effect.kind === 'share');
}

/** true where one of the shared limits of a rule or reward has no share that the fact names and that is still unused. */
export function isShareMissing(booking: Booking, id: string, limits: readonly Limit[]): boolean {
  return limits.some((limit) => limit.per !== 'member' && namedFor(booking, id, limit) === null);
}

/** Uses, of what the fact names, one share of each shared limit of a rule or reward. A share serves once per event. */
export function takeShares(booking: Booking, rule: string, id: string, limits: readonly Limit[]): void {
  for (const limit of limits) {
    const share = namedFor(booking, id, limit);
    if (share === null) continue;
    booking.shares.delete(share);
    emit(booking, { rule, kind: 'share', share, move: 'used', n: 1 });
  }
}

/** The window is the one that the till named: the effective day may be another one, but what was taken, was taken there. */
function namedFor(booking: Booking, id: string, limit: Limit): string | null {
  const name = limitName(id, limit);
  if (name === null) return null;
  for (const share of booking.shares) if (share.startsWith(`${name}/`)) return share;
  return null;
}
