import type { UnitId } from '../basics.ts';
import { type Booking, emit } from './booking.ts';
import { addDays } from '../days.ts';
import type { LotPart } from '../effects.ts';
import { isLive } from '../fold/lots.ts';
import { lastDay } from './periods.ts';
import { countOf } from '../records.ts';
import type { Lot } from '../state.ts';

/** What a taking or giving is booked as: the rule that made it. */
export interface Spending {
  readonly rule: string;
  readonly unit: UnitId;
  readonly amount: number;
}

/**
 * Takes units: first from the `prefer`red lots (even ended ones: a void takes its own back), then from the live lots that end
 * soonest; what is missing is owed. Returns what became debt.
 */
export function take(booking: Booking, { rule, unit, amount }: Spending, prefer: ReadonlySet<string> | null): number {
  if (amount <= 0) return 0;
  const { draft, context } = booking;
  const from: LotPart[] = [];
  let missing = amount;
  const takeFrom = (lot: Lot) => {
    const part = Math.min(lot.left, missing);
    from.push({ lot: lot.id, amount: part, rule: lot.rule, earned: lot.earned, expires: lot.expires });
    missing -= part;
  };
  const lots = draft.state.lots;
  if (prefer !== null) {
    for (const lot of lots) if (missing > 0 && lot.unit === unit && prefer.has(lot.id)) takeFrom(lot);
  }
  for (const lot of lots) {
    if (missing === 0) break;
    if (lot.unit === unit && isLive(lot, context.day) && !(prefer?.has(lot.id) ?? false)) takeFrom(lot);
  }
  if (from.length > 0) emit(booking, { rule, kind: 'debit', unit, from });
  if (missing > 0) {
    emit(booking, { rule, kind: 'debt', unit, delta: missing });
    booking.why.push({ kind: 'owed', unit, amount: missing });
  }
  return missing;
}

/** Gives units: what is owed is filled first, the rest becomes a lot. */
export function give(booking: Booking, { rule, unit, amount }: Spending, lot: string): void {
  if (amount <= 0) return;
  const { draft, context, program } = booking;
  const paid = Math.min(amount, countOf(draft.state.debts, unit));
  if (paid > 0) emit(booking, { rule, kind: 'debt', unit, delta: -paid });
  if (paid === amount) return;
  const expires = lastDay(context.day, program.units.find(({ id }) => id === unit)?.expiry ?? null);
  emit(booking, { rule, kind: 'credit', unit, amount: amount - paid, lot, earned: context.day, expires });
}

/**
 * Gives back what a debit took and what was owed beside it. What is owed now is filled first; the rest goes to the lots it
 * came from, in a lot of its own with days of grace where one has ended meanwhile.
 */
export function giveBack(booking: Booking, rule: string, unit: UnitId, parts: readonly LotPart[], owed: number): void {
  const { draft, context, program } = booking;
  const taken = parts.reduce((sum, part) => sum + part.amount, 0);
  const paid = Math.min(taken + owed, countOf(draft.state.debts, unit));
  if (paid > 0) emit(booking, { rule, kind: 'debt', unit, delta: -paid });
  let skip = Math.max(0, paid - owed);
  const to: LotPart[] = [];
  for (const part of parts) {
    const amount = part.amount - Math.min(skip, part.amount);
    skip -= part.amount - amount;
    if (amount === 0) continue;
    if (isLive(part, context.day)) to.push({ ...part, amount });
    else {
      const expires = addDays(context.day, program.policies.voidGraceDays);
      to.push({ ...part, amount, lot: `${part.lot}+${context.event}`, expires });
    }
  }
  if (to.length > 0) emit(booking, { rule, kind: 'restore', unit, to });
  const left = owed - paid;
  if (left > 0) give(booking, { rule, unit, amount: left }, `${context.event}/back/${rule}`);
}
