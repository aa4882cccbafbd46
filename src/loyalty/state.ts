import type { CredentialKind, Day, Instant, Money, PartOfDay, UnitId } from './basics.ts';

/**
 * A member's canonical state: the fold of booked effects in server order, and nothing else. It is bounded: days older
 * than 400 become months, fired periods and reversals are dropped after 400 days, empty lots go.
 */
export interface MemberState {
  /** Version of the fold; a new one means a fresh bootstrap at the tills. */
  readonly v: 1;
  readonly enrolledOn: Day | null;
  readonly lots: readonly Lot[];
  /** What is owed per unit, greater than zero; the next earnings fill it. */
  readonly debts: Readonly<Record<UnitId, number>>;
  readonly vouchers: readonly Voucher[];
  readonly tiers: readonly TierGrant[];
  readonly badges: Readonly<Record<string, Day>>;
  /** Remainder per rule, in money. */
  readonly carry: Readonly<Record<string, Money>>;
  /** How often each threshold has fired. */
  readonly fired: Readonly<Record<string, number>>;
  readonly firedFor: Readonly<Record<string, Day>>;
  readonly days: Readonly<Record<Day, Bucket>>;
  /** `YYYY-MM` → what happened in days that are older than 400 days. */
  readonly months: Readonly<Record<string, Bucket>>;
  readonly firstVisit: Day | null;
  readonly lastVisit: Day | null;
  readonly reversed: Readonly<Record<string, { readonly amount: Money; readonly whole: boolean; readonly on: Day }>>;
  readonly waiting: readonly { readonly target: string; readonly by: string; readonly amount: Money | null }[];
  readonly credentials: Readonly<Record<string, { readonly kind: CredentialKind; readonly revoked: boolean }>>;
  readonly aliases: readonly string[];
  /** Effects of a kind that this version does not know. */
  readonly unknown: number;
  /** Rewards kept for vouchers on the member's phone; absent: none. What has lapsed goes with the next one. */
  readonly holds?: readonly Hold[];
  /** Overdrafts that nobody has forgiven, oldest first; absent: none. */
  readonly strikes?: readonly Strike[];
}

export interface Hold {
  readonly reservation: string;
  readonly pays: { readonly unit: UnitId; readonly amount: number } | null;
  readonly voucher: string | null;
  readonly until: Instant;
}

export interface Strike {
  readonly event: string;
  readonly on: Day;
  readonly toward: 'member' | 'staff';
}

/** Units earned together, with one expiry. */
export interface Lot {
  readonly id: string;
  readonly unit: UnitId;
  readonly rule: string;
  readonly earned: Day;
  readonly expires: Day | null;
  readonly left: number;
}

/** One issued reward, single use. `consumedAhead`: used before its issue was booked. One that was withdrawn is gone. */
export interface Voucher {
  readonly id: string;
  readonly reward: string;
  readonly rule: string;
  /** Day of its issue (of its use, where that came ahead). */
  readonly on: Day;
  readonly expires: Day | null;
  readonly status: 'open' | 'consumed' | 'consumedAhead';
  /** Day of its use; closed vouchers are dropped after 400 days. */
  readonly closed: Day | null;
  /** Its use came before its issue: where the issue is taken back, it waits for another one. */
  readonly ahead: boolean;
  /** Events that hold it as redemption; more than one is an overdraft. */
  readonly by: readonly string[];
}

interface TierGrant {
  readonly id: string;
  readonly tier: string;
  readonly from: Day;
  readonly until: Day | null;
}

export interface Bucket {
  readonly visits: number;
  readonly spend: Money;
  readonly items: Readonly<Record<string, number>>;
  /** Visits by part of day. */
  readonly parts: Readonly<Partial<Record<PartOfDay, number>>>;
}
