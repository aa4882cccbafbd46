import type { Day } from '../basics.ts';
import { type Booking, emit } from '../rules/booking.ts';
import { rangeOf } from '../rules/counters.ts';
import type { Limit } from '../program.ts';
import { countOf } from '../records.ts';
import { isShareMissing, takeShares } from './shareUse.ts';
import type { MemberState } from '../state.ts';

/**
 * The member's limit that is reached already, or `null`. Uses are counted by marks that `markUse` leaves in the state;
 * limits per device and business are counted in shares, outside of a member's state (see `shares.ts`).
 */
export function reachedLimit(state: MemberState, id: string, limits: readonly Limit[], day: Day): Limit | null {
  for (const limit of limits) {
    if (limit.per === 'member' && usesIn(state, id, limit, day) >= limit.n) return limit;
  }
  return null;
}

/** true where a rule may not fire once more: a limit of the member is reached, or the fact names no share that it would use. */
export function isLimited(booking: Booking, id: string, limits: readonly Limit[]): boolean {
  const { draft, context } = booking;
  return reachedLimit(draft.state, id, limits, context.day) !== null || isShareMissing(booking, id, limits);
}

/** Leaves a mark for each kind of window that the limits of a rule or reward count in, and uses the shares that the fact names. */
export function markUse(booking: Booking, rule: string, id: string, limits: readonly Limit[], use: string): void {
  takeShares(booking, rule, id, limits);
  const own = limits.filter((limit) => limit.per === 'member');
  if (own.some((limit) => limit.window.kind === 'allTime')) {
    emit(booking, { rule, kind: 'fired', key: allTimeKey(id), delta: 1, firing: null });
  }
  if (own.some((limit) => limit.window.kind !== 'allTime')) {
    emit(booking, { rule, kind: 'firedFor', period: `${id}#${use}`, on: booking.context.day, undo: false });
  }
}

/** The id under which the uses of a reward are counted. */
export function rewardKey(reward: string): string {
  return `reward:${reward}`;
}

function allTimeKey(id: string): string {
  return `${id}#`;
}

function usesIn(state: MemberState, id: string, limit: Limit, day: Day): number {
  const range = rangeOf(limit.window, day);
  if (range === null) return countOf(state.fired, allTimeKey(id));
  let uses = 0;
  const prefix = `${id}#`;
  for (const [name, on] of Object.entries(state.firedFor)) {
    if (name.startsWith(prefix) && on >= range.from && on <= range.to) uses += 1;
  }
  return uses;
}
