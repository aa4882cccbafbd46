import type { Day, UnitId } from '../basics.ts';
import { type Draft, mine } from './draft.ts';
import type { LotPart } from '../effects.ts';
import { addTo, countOf } from '../records.ts';
import type { Lot, MemberState } from '../state.ts';

/** true while a lot counts; a range includes its last day. */
export function isLive(lot: { readonly expires: Day | null }, day: Day): boolean {
  return lot.expires === null || day <= lot.expires;
}

/** What the member can spend of a unit on a day; expired lots do not count. */
export function held(state: MemberState, unit: UnitId, day: Day): number {
  let sum = 0;
  for (const lot of state.lots) if (lot.unit === unit && isLive(lot, day)) sum += lot.left;
  return sum;
}

/** Held less owed: negative where more is owed than held. */
export function balance(state: MemberState, unit: UnitId, day: Day): number {
  return held(state, unit, day) - countOf(state.debts, unit);
}

/** Spending order: what ends soonest goes first, then the oldest, then by name. Lots are kept in this order. */
function before(a: Lot, b: Lot): boolean {
  if (a.expires !== b.expires) return b.expires === null || (a.expires !== null && a.expires < b.expires);
  if (a.earned !== b.earned) return a.earned < b.earned;
  return a.id === b.id ? a.unit < b.unit : a.id < b.id;
}

/** Adds units to a lot, which is made where it is not there (or was spent and dropped). */
export function fill(draft: Draft, unit: UnitId, part: LotPart): void {
  if (part.amount <= 0) return;
  const lots = mine(draft, 'lots');
  const { lot: id, rule, earned, expires, amount } = part;
  const lot: Lot = { id, unit, rule, earned, expires, left: amount };
  // From the end: what was just earned mostly ends last.
  for (let at = lots.length - 1; at >= 0; at -= 1) {
    const there = lots[at];
    if (there === undefined) break;
    if (there.id === id && there.unit === unit) {
      lots[at] = { ...there, left: there.left + amount };
      return;
    }
    if (before(there, lot)) {
      lots.splice(at + 1, 0, lot);
      return;
    }
  }
  lots.unshift(lot);
}

/** Takes units out of lots; an empty lot goes. What a lot does not have is not taken. */
export function drain(draft: Draft, unit: UnitId, from: readonly LotPart[]): void {
  const lots = mine(draft, 'lots');
  for (const part of from) {
    const at = lots.findIndex((lot) => lot.id === part.lot && lot.unit === unit);
    const lot = lots[at];
    if (lot === undefined) continue;
    if (lot.left > part.amount) lots[at] = { ...lot, left: lot.left - part.amount };
    else lots.splice(at, 1);
  }
}

/** Owes more (positive) or less (negative). */
export function owe(draft: Draft, unit: UnitId, delta: number): void {
  addTo(mine(draft, 'debts'), unit, delta);
}
