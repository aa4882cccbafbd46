import type { Effect } from '../../../loyalty/effects.ts';
import type { MemberState } from '../../../loyalty/state.ts';
import type { Flag } from '../../../protocol/event.ts';
import type { Batch } from '../batch/batch.ts';
import type { Booking } from '../booking.ts';
import { isBeyondPolicy } from './beyondPolicy.ts';
import { cardOf } from '../cards.ts';
import { usedBefore } from './doubles.ts';
import { exceedsShares } from '../shares.ts';

/** A device's clock that is further off than this is flagged. */
const CLOCK_OFF_MS = 10 * 60_000;

/** What is worth knowing about an event, as codes in a fixed order. The event was booked all the same. */
export function findFlags(batch: Batch, booking: Booking, arrival: readonly Flag[]): readonly Flag[] {
  const { event, day, effects } = booking;
  const flags = new Set<Flag>(arrival);
  if (day !== event.day) flags.add('dayClamped');
  if (event.skew !== null && Math.abs(event.skew) > CLOCK_OFF_MS) flags.add('clockOff');
  if (event.staff !== null && event.device !== 'server' && !batch.staff.has(event.staff)) flags.add('unknownStaff');
  if (!batch.programs.has(event.program)) flags.add('unknownProgram');
  const card = cardOf(event.member) ?? event.credential?.id;
  // Deleted when found: the first event of such a card carries the flag.
  if (card && batch.unknownCards.delete(card)) flags.add('unknownCard');
  if (event.credential && batch.credentials.get(event.credential.id)?.revoked) flags.add('revokedCredential');
  if (earnedTooOften(batch, booking)) flags.add('earnedTooOften');
  if (reversedBefore(booking)) flags.add('reversedTwice');
  if (exceedsShares(batch, booking)) flags.add('shareExceeded');
  if (usedBefore(batch, event, booking.before) !== null) flags.add('doubleRedemption');
  if (isBeyondPolicy(batch, booking)) flags.add('beyondPolicy');
  if (event.fact.kind === 'redeemed' && event.fact.goOn?.kind === 'ownWord') flags.add('managerQuota');
  for (const effect of effects) addEffectFlag(flags, effect);
  if (isLessThanTold(booking)) flags.add('bookedDiffers');
  return [...flags].sort();
}

function addEffectFlag(flags: Set<Flag>, effect: Effect): void {
  if (effect.kind === 'overdraw') flags.add('doubleRedemption');
  else if (effect.kind === 'consume' && effect.ahead) flags.add('consumedAhead');
  else if (effect.kind === 'debt' && effect.delta > 0) flags.add('overdrawn');
  else if (effect.kind === 'awaitTarget') flags.add('waiting');
}

function earnedTooOften(batch: Batch, { event, day, after }: Booking): boolean {
  const policies = batch.programs.get(event.program)?.policies;
  if (event.fact.kind !== 'sale' || !policies) return false;
  return (after?.days[day]?.visits ?? 0) > policies.earningEventsPerDay;
}

/** Two tills gave the same sale back, or more of it than there was. */
function reversedBefore({ event, target, before }: Booking): boolean {
  if (!target) return false;
  const reversed = before?.reversed[target.event];
  if (event.fact.kind === 'voided') return reversed?.whole === true;
  if (event.fact.kind !== 'refunded' || target.fact.kind !== 'sale' || target.fact.total === null) return false;
  return reversed?.whole === true || (reversed?.amount ?? 0) + event.fact.amount > target.fact.total;
}

/**
 * Whether the customer ends with less than the till said. Compared by firing, since another till's event may have fired
 * the same voucher, and by what was credited.
 */
function isLessThanTold({ event: { fact }, told, effects, after }: Booking): boolean {
  if (!after || fact.kind === 'voided' || fact.kind === 'refunded') return false;
  if (lostVouchers(told, after).length > 0) return true;
  const booked = earnings(effects);
  for (const [unit, amount] of earnings(told)) if (amount > (booked.get(unit) ?? 0)) return true;
  return false;
}

/** Vouchers that the customer was told of and does not have. */
export function lostVouchers(
  told: readonly Effect[],
  after: MemberState,
): readonly Extract<Effect, { kind: 'issue' }>[] {
  const held = new Set(after.vouchers.map((voucher) => voucher.id));
  const issued = told.filter((effect) => effect.kind === 'issue');
  // A firing that counts as done has been given, even where its voucher is used up and forgotten.
  return issued.filter(({ voucher }) => !held.has(voucher) && !(voucher in after.firedFor));
}

/** What effects gave per unit, whether it went into a lot or paid off a debt. */
function earnings(effects: readonly Effect[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const effect of effects) {
    if (effect.kind === 'credit') add(sums, effect.unit, effect.amount);
    else if (effect.kind === 'debt' && effect.delta < 0) add(sums, effect.unit, -effect.delta);
  }
  return sums;
}

function add(sums: Map<string, number>, unit: unknown, amount: unknown): void {
  // Told effects may be of a later version: what is not understood is not counted.
  if (typeof unit === 'string' && typeof amount === 'number') sums.set(unit, (sums.get(unit) ?? 0) + amount);
}
