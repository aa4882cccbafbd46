import type { MemberState } from '../../loyalty/state.ts';

/** What came with a change, so that it can glow. */
export interface Landed {
  /** How much more of each unit there is. */
  readonly units: Readonly<Record<string, number>>;
  /** Ids of the rewards that wait now and did not before. */
  readonly rewards: readonly string[];
}

export const NOTHING: Landed = { units: {}, rewards: [] };

/** What the later state holds more of; `NOTHING` where it only shrank or stayed. */
export function newStamps(before: MemberState, after: MemberState): Landed {
  const had = held(before);
  const units: Record<string, number> = {};
  for (const [unit, amount] of Object.entries(held(after))) {
    const more = amount - (had[unit] ?? 0);
    if (more > 0) units[unit] = more;
  }
  const known = new Set(open(before).map((voucher) => voucher.id));
  const rewards = open(after).flatMap(({ id, reward }) => (known.has(id) ? [] : [reward]));
  return rewards.length === 0 && Object.keys(units).length === 0 ? NOTHING : { units, rewards };
}

function held(state: MemberState): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const lot of state.lots) sums[lot.unit] = (sums[lot.unit] ?? 0) + lot.left;
  return sums;
}

const open = (state: MemberState) => state.vouchers.filter((voucher) => voucher.status === 'open');
