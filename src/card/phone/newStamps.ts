import type { MemberState } from '../../loyalty/state.ts';

/** What came with a change, so that it can glow. */
export interface Landed {
  /** How much more of each unit there is. */
  readonly units: Readonly<Record<string, number>>;
  /** Rewards that wait now and did not before. */
  readonly vouchers: number;
}

export const NOTHING: Landed = { units: {}, vouchers: 0 };

/** What the later state holds more of; `NOTHING` where it only shrank or stayed. */
export function newStamps(before: MemberState, after: MemberState): Landed {
  const had = held(before);
  const units: Record<string, number> = {};
  for (const [unit, amount] of Object.entries(held(after))) {
    const more = amount - (had[unit] ?? 0);
    if (more > 0) units[unit] = more;
  }
  const open = openVouchers(before);
  const vouchers = [...openVouchers(after)].filter((voucher) => !open.has(voucher)).length;
  return vouchers === 0 && Object.keys(units).length === 0 ? NOTHING : { units, vouchers };
}

function held(state: MemberState): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const lot of state.lots) sums[lot.unit] = (sums[lot.unit] ?? 0) + lot.left;
  return sums;
}

function openVouchers(state: MemberState): Set<string> {
  return new Set(state.vouchers.flatMap((voucher) => (voucher.status === 'open' ? [voucher.id] : [])));
}
