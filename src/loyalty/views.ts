import type { Day, Money, Picture, Text, UnitId } from './basics.ts';
import type { RewardGives, StampCard } from './program.ts';

/** What a screen shows of a member on a given day, worked out by `view`; texts still in all languages. */
export interface MemberView {
  readonly balances: readonly BalanceView[];
  /** Can be had now, the cheapest way first (an open voucher before a cost). */
  readonly available: readonly RewardView[];
  /** Not yet, with how far it is; the nearest first. */
  readonly near: readonly RewardView[];
  readonly tier: { readonly id: string; readonly name: Text; readonly until: Day | null } | null;
  readonly visits: number;
  readonly lastVisit: Day | null;
  readonly enrolledOn: Day | null;
}

export interface BalanceView {
  readonly unit: UnitId;
  readonly kind: 'points' | 'stamps' | 'credit';
  readonly name: Text;
  /** Spendable today; negative where more is owed than held. */
  readonly amount: number;
  /** Lots that end, soonest first. */
  readonly expiring: readonly { readonly amount: number; readonly expires: Day }[];
  /** For stamp cards. */
  readonly card: (StampCard & { readonly filled: number; readonly openGifts: number }) | null;
  /** Money spent that has not made a point yet, with what makes one; `null` where no such rule is on. */
  readonly carried: { readonly remainder: Money; readonly per: Money } | null;
}

export interface RewardView {
  readonly reward: string;
  readonly name: Text;
  readonly details: Text | null;
  readonly picture: Picture;
  readonly gives: RewardGives;
  /** The open voucher that would be used; `null`: the cost is taken. */
  readonly voucher: string | null;
  /** The firing that makes it due by date, not booked yet. */
  readonly due: string | null;
  readonly expires: Day | null;
  readonly cost: { readonly unit: UnitId; readonly amount: number } | null;
  /** 0 to 1 would be a float: `have` of `need`. */
  readonly progress: { readonly unit: UnitId; readonly have: number; readonly need: number } | null;
  readonly onlineOnly: boolean;
}
