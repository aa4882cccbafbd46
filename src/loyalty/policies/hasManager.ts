import type { Situation } from '../decision.ts';

/** A manager or owner is signed in, or gave a PIN for this request. */
export function hasManager({ staffRole, approvedBy }: Situation): boolean {
  return staffRole !== 'staff' || approvedBy !== null;
}
