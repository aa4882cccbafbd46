import type { Day } from './basics.ts';
import { type Booking, emit } from './booking.ts';
import { rangeOf } from './counters.ts';
import type { Limit } from './program.ts';
import { countOf } from './records.ts';
import type { MemberState } from './state.ts';

/**
 * The member's limit that is reached already, or `null`. Uses are counted by marks that `markUse` leaves in the state;
 * limits per device and business are shares, which are granted outside of a member's state.
 */
export function reachedLimit(state: MemberState, id: string, limits: readonly Limit[], day: Day): Limit | null {
  for (const limit of limits) {
    if (limit.per === 'member' && usesIn(state, id, limit, day) >= limit.n) return limit;
  }
  return null;
}

/** Leaves a mark for each kind of window that the limits of a rule or reward count in. */
export function markUse(booking: Booking, rule: string, id: string, limits: readonly Limit[], use: string): void {
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
