import type { Day } from '../basics.ts';
import { addDays } from '../days.ts';
import type { Draft } from './draft.ts';
import { policiesOf } from '../policies/policiesOf.ts';
import type { Policies } from '../program.ts';
import type { MemberState } from '../state.ts';
import type { EffectOf } from './vouchers.ts';

/** Longer than any window that a policy may count in. */
const KEPT_DAYS = 400;

/** One overdraft more; the same event counts once, and those that no policy looks back to are dropped. */
export function strike({ state }: Draft, { event, on, toward }: EffectOf<'strike'>): void {
  const oldest = addDays(on, -KEPT_DAYS);
  const others = (state.strikes ?? []).filter((other) => other.event !== event && other.on >= oldest);
  state.strikes = [...others, { event, on, toward }];
}

/** Takes back what an event counted for; nothing where it does not count any more. */
export function forgive({ state }: Draft, event: string): void {
  const left = (state.strikes ?? []).filter((other) => other.event !== event);
  if (left.length > 0) state.strikes = left;
  else delete state.strikes;
}

/**
 * How a member stands after overdrafts. It depends on which there are, not on the order in which they were found; a day
 * before them (a clock that was set back) finds them all.
 */
export function standingOf(state: MemberState, policies: Policies, day: Day): 'free' | 'onlineOnly' | 'blocked' {
  const { overdraftDays, overdraftsToOnlineOnly, overdraftsToBlock } = policiesOf(policies);
  const since = addDays(day, -overdraftDays);
  const n = (state.strikes ?? []).filter(({ toward, on }) => toward === 'member' && on > since).length;
  if (overdraftsToBlock > 0 && n >= overdraftsToBlock) return 'blocked';
  return overdraftsToOnlineOnly > 0 && n >= overdraftsToOnlineOnly ? 'onlineOnly' : 'free';
}
