import { apply } from '../../loyalty/apply.ts';
import type { ProfileDates, Target } from '../../loyalty/decision.ts';
import { effectsOf } from '../../loyalty/effectsOf.ts';
import type { Effect } from '../../loyalty/effects.ts';
import type { Program } from '../../loyalty/program.ts';
import type { MemberState } from '../../loyalty/state.ts';
import type { OwnEntry } from '../ledger/ownEntries.ts';

export interface Folded {
  readonly state: MemberState;
  /** What each own event does on top of what is canonical now; can differ from what was told when it was made. */
  readonly effects: Map<string, readonly Effect[]>;
}

/**
 * A state with own events on top, worked out anew by the same function that the server books with. An event of a program
 * version that is not at hand (it never should be) keeps what was told.
 * @param from the state so far; its `effects` grow
 * @param targetOf what a void or refund reverses
 */
export function foldPending(
  from: Folded,
  entries: readonly OwnEntry[],
  profile: ProfileDates,
  programOf: (hash: string) => Program | null,
  targetOf: (event: string) => Target | null,
): Folded {
  let { state } = from;
  for (const { event } of entries) {
    const program = programOf(event.program);
    const { fact } = event;
    const target = fact.kind === 'voided' || fact.kind === 'refunded' ? targetOf(fact.target) : null;
    const context = { event: event.id, day: event.day, profile, target, other: null };
    const done = program === null ? event.told : effectsOf(program, state, fact, context).effects;
    from.effects.set(event.id, done);
    state = apply(state, done);
  }
  return { state, effects: from.effects };
}
