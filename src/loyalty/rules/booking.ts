import { applyTo } from '../apply.ts';
import type { Context } from '../decision.ts';
import { type Draft, draftOf } from '../fold/draft.ts';
import type { Effect, Why } from '../effects.ts';
import type { Program } from '../program.ts';
import type { MemberState } from '../state.ts';

/** A fact being worked out: each effect is applied at once, so that the next rule sees it. */
export interface Booking {
  readonly program: Program;
  readonly context: Context;
  /** As the member came in, before the fact. */
  readonly before: MemberState;
  readonly draft: Draft;
  readonly effects: Effect[];
  readonly why: Why[];
  /** Shares that the fact names and nothing has used yet. */
  readonly shares: Set<string>;
}

/** @param shares shares that the fact names */
export function openBooking(
  program: Program,
  state: MemberState,
  context: Context,
  shares: readonly string[] = [],
): Booking {
  return { program, context, before: state, draft: draftOf(state), effects: [], why: [], shares: new Set(shares) };
}

/** Adds an effect to what the fact does, and applies it at once. */
export function emit(booking: Booking, effect: Effect): void {
  booking.effects.push(effect);
  applyTo(booking.draft, effect);
}
