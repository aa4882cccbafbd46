import { type Booking, emit } from './booking.ts';
import type { Reserved } from '../facts.ts';

/** Keeps what a voucher on the phone will take: the member's own voucher, or the reward's cost. Nothing is taken yet. */
export function reserve(booking: Booking, { reservation, reward, voucher, from, until }: Reserved): void {
  const cost = booking.program.rewards.find(({ id }) => id === reward)?.cost ?? null;
  const pays = voucher === null ? cost : null;
  emit(booking, { rule: 'fact', kind: 'hold', reservation, pays, voucher, from, until });
}
