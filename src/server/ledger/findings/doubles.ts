import type { Effect } from '../../../loyalty/effects.ts';
import type { MemberState } from '../../../loyalty/state.ts';
import type { Event } from '../../../protocol/event.ts';
import type { Batch, BatchMember } from '../batch/batch.ts';
import type { Booking } from '../booking.ts';

/** The redemption that used the same voucher from the phone before; `null`: this is the first, or that one was taken back. */
export function usedBefore(batch: Batch, event: Event, before: MemberState | null): string | null {
  const { fact } = event;
  const id = fact.kind === 'redeemed' ? fact.reservation : undefined;
  const by = id === undefined ? null : (batch.risk.reservations.get(id)?.used_by ?? null);
  if (by === null || by === event.id) return null;
  return before?.reversed[by]?.whole === true ? null : by;
}

/** Remembers, for the rest of the ledger, which redemption used the voucher. */
export function noteUse(batch: Batch, { event, before }: Booking): void {
  const { fact } = event;
  const id = fact.kind === 'redeemed' ? fact.reservation : undefined;
  if (id === undefined || usedBefore(batch, event, before) !== null) return;
  const known = batch.risk.reservations.get(id);
  if (!known) return;
  batch.risk.reservations.set(id, { ...known, used_by: event.id });
  batch.risk.usedNow.add(id);
}

/**
 * The other redemption of a pair: of the same voucher, else (units that were spent twice) the member's last one before it.
 * `null` where nothing is doubled, or the other one is not known any more.
 */
export function pairOf(
  batch: Batch,
  event: Event,
  before: MemberState | null,
  effects: readonly Effect[],
  member: string,
): string | null {
  const reused = usedBefore(batch, event, before);
  if (reused !== null) return reused;
  const overdraw = effects.find((effect) => effect.kind === 'overdraw');
  if (overdraw) return before?.vouchers.find(({ id }) => id === overdraw.voucher)?.by[0] ?? null;
  const others = [...batch.risk.given.values()].filter((one) => one.member === member && one.id !== event.id);
  return others.findLast((one) => before?.reversed[one.id]?.whole !== true)?.id ?? null;
}

/**
 * What the member's state keeps of a redemption that gave out what was not there any more. Where both redemptions came
 * from the same till or person, it is the shop's own matter and does not count for the member.
 */
export function strikeOf(
  batch: Batch,
  event: Event,
  day: string,
  member: BatchMember,
  effects: readonly Effect[],
): readonly Effect[] {
  if (event.fact.kind !== 'redeemed') return [];
  const doubled =
    usedBefore(batch, event, member.state) !== null ||
    effects.some((effect) => effect.kind === 'overdraw' || (effect.kind === 'debt' && effect.delta > 0));
  if (!doubled) return [];
  const pair = batch.risk.given.get(pairOf(batch, event, member.state, effects, member.member) ?? '');
  const isOwnMatter =
    pair !== undefined && (pair.device === event.device || (pair.staff !== null && pair.staff === event.staff));
  return [{ rule: 'fact', kind: 'strike', event: event.id, on: day, toward: isOwnMatter ? 'staff' : 'member' }];
}
