import type { Instant, UnitId } from '../basics.ts';
import type { Draft } from './draft.ts';
import type { Hold, MemberState } from '../state.ts';
import type { EffectOf } from './vouchers.ts';

/** Keeps a reward for a voucher on the phone. Those that have lapsed by then are dropped, so that they never pile up. */
export function hold({ state }: Draft, effect: EffectOf<'hold'>): void {
  const { reservation, pays, voucher, from, until } = effect;
  const others = (state.holds ?? []).filter((other) => other.until > from && other.reservation !== reservation);
  state.holds = [...others, { reservation, pays, voucher, until }];
}

/** Ends what a reservation keeps; nothing where it keeps nothing any more. */
export function release({ state }: Draft, reservation: string): void {
  const left = (state.holds ?? []).filter((other) => other.reservation !== reservation);
  if (left.length > 0) state.holds = left;
  else delete state.holds;
}

/** Rewards kept for others than this reservation, as of an instant of the server's clock. */
function othersAt(state: MemberState, at: Instant, own: string | null): readonly Hold[] {
  return (state.holds ?? []).filter(({ reservation, until }) => until > at && reservation !== own);
}

/** Units of a balance that are kept for vouchers on the phone, and until when the last of them is. */
export function heldUnits(
  state: MemberState,
  unit: UnitId,
  at: Instant,
  own: string | null,
): { readonly amount: number; readonly until: Instant } {
  const held = othersAt(state, at, own).filter(({ pays }) => pays?.unit === unit);
  return {
    amount: held.reduce((sum, { pays }) => sum + (pays?.amount ?? 0), 0),
    until: Math.max(0, ...held.map(({ until }) => until)),
  };
}

/** The reservation that keeps a member's voucher, if one does. */
export function holdOnVoucher(state: MemberState, voucher: string, at: Instant, own: string | null): Hold | null {
  return othersAt(state, at, own).find((held) => held.voucher === voucher) ?? null;
}
