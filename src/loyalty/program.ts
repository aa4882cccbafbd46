import type { Day, Money, Picture, Text, UnitId } from './basics.ts';

/**
 * A program is data: what can be collected, what can be had, and the rules between. A version of it is named by the hash
 * of its canonical form (see `protocol/hash.ts`) and never changes; publishing makes a new version.
 */
export interface Program {
  /** Version of this shape. */
  readonly v: 1;
  readonly units: readonly UnitDefinition[];
  readonly rewards: readonly RewardDefinition[];
  readonly tiers: readonly TierDefinition[];
  readonly products: readonly ProductDefinition[];
  readonly rules: readonly Rule[];
  readonly policies: Policies;
  /** Secret that surprises are drawn from. Never sent to a customer's card. */
  readonly secret: string;
}

export interface UnitDefinition {
  readonly id: UnitId;
  readonly kind: 'points' | 'stamps' | 'credit';
  readonly name: Text;
  /** When a lot of this unit ends; `null`: never. */
  readonly expiry: Expiry | null;
  /** Set for `stamps` only. */
  readonly card: StampCard | null;
}

/**
 * Drawing, wording and counting of a stamp card come from these two fields: "nine bought, the tenth free" takes 9 and the
 * gift is the last slot (ten slots drawn); "collect ten, get one" takes 10 and the gift is not a slot.
 */
export interface StampCard {
  readonly takes: number;
  readonly giftIsLast: boolean;
  readonly picture: Picture;
}

/** A span after which something earned ends: at the end of the shop's day, month ends clamped (31 Jan + 1 month = 28 Feb). */
export interface Expiry {
  readonly n: number;
  readonly unit: 'day' | 'month' | 'year';
}

export interface RewardDefinition {
  readonly id: string;
  readonly name: Text;
  readonly details: Text | null;
  readonly picture: Picture;
  readonly gives: RewardGives;
  /** What it takes from the balance; `null`: it can be had by a voucher only. */
  readonly cost: { readonly unit: UnitId; readonly amount: number } | null;
  /** What it costs the shop, for exceptions and limits. */
  readonly costToShop: Money;
  readonly active: ActiveWindow | null;
  /** Per-reward limits and offline policy; what is absent follows the program's policies. */
  readonly limits: readonly Limit[];
  readonly onlineOnly: boolean;
  readonly transferable: boolean;
  /** Bounds of its own while the till is offline; without them it counts under the program's policies. */
  readonly offline?: RewardOffline;
}

/** A reward that is used often by its nature (a bottomless cup) has its own bounds and does not use up those of the others. */
export interface RewardOffline {
  /** Of this reward, per member and till in 24 hours; absent: it counts with the others. */
  readonly perMember24h?: number;
  /** Of this reward, per till and outage; absent: it counts with the others. */
  readonly perOutage?: number;
}

export type RewardGives =
  | { readonly kind: 'freeItem'; readonly product: string | null; readonly category: string | null }
  | { readonly kind: 'amountOff'; readonly amount: Money }
  | { readonly kind: 'percentOff'; readonly percent: number }
  | { readonly kind: 'gift' };

interface TierDefinition {
  readonly id: string;
  readonly name: Text;
  /** The tier of a member is the live grant with the highest rank. */
  readonly rank: number;
}

export interface ProductDefinition {
  readonly id: string;
  readonly name: Text;
  readonly category: string;
  readonly price: Money | null;
  readonly picture: Picture;
}

/** The one mechanism for every incentive. */
export interface Rule {
  readonly id: string;
  readonly name: Text;
  readonly on: Trigger;
  readonly who: Expression | null;
  readonly when: Expression | null;
  readonly do: readonly Action[];
  readonly limits: readonly Limit[];
  readonly stacking: Stacking | null;
  readonly active: ActiveWindow | null;
}

export type Trigger =
  | { readonly kind: 'sale' }
  | { readonly kind: 'join' }
  | { readonly kind: 'action'; readonly action: string }
  | {
      readonly kind: 'date';
      readonly of: 'birthday' | 'nameDay' | 'joined' | 'firstSale';
      readonly daysBefore: number;
      readonly daysAfter: number;
    }
  | { readonly kind: 'period'; readonly every: 'day' | 'week' | 'month' | 'quarter' | 'halfYear' | 'year' }
  | { readonly kind: 'lapse'; readonly days: number }
  | { readonly kind: 'tierReached'; readonly tier: string }
  | {
      /** A level, not an edge: fires as often as it is earned by now and has not fired yet. */
      readonly kind: 'milestone';
      readonly counter: Counter;
      readonly at: number;
      /** true: at every multiple of `at`; false: once. */
      readonly every: boolean;
    };

/** What a milestone or a condition counts. All but `unit` are read from the base buckets, so a new rule sees the past. */
export type Counter =
  | {
      /** Units held plus those that this rule itself has taken: the level of a stamp card. */
      readonly kind: 'unit';
      readonly unit: UnitId;
    }
  | { readonly kind: 'visits'; readonly window: Window }
  | { readonly kind: 'spend'; readonly window: Window }
  | { readonly kind: 'quantity'; readonly category: string | null; readonly window: Window }
  | { readonly kind: 'distinctCategories'; readonly window: Window }
  | { readonly kind: 'streak'; readonly of: 'day' | 'week' | 'month' };

export type Window =
  | { readonly kind: 'allTime' }
  | { readonly kind: 'rolling'; readonly days: number }
  | { readonly kind: 'calendar'; readonly of: 'day' | 'week' | 'month' | 'quarter' | 'halfYear' | 'year' };

export type Action =
  | { readonly kind: 'credit'; readonly unit: UnitId; readonly amount: Amount }
  /** Takes units for what the same firing gives (a full stamp card turns into its gift). */
  | { readonly kind: 'spend'; readonly unit: UnitId; readonly amount: number }
  | { readonly kind: 'issue'; readonly reward: string; readonly expiry: Expiry | null }
  | { readonly kind: 'grantTier'; readonly tier: string; readonly lasts: Expiry | null; readonly grace: Expiry | null }
  | { readonly kind: 'badge'; readonly badge: string };

/** How much an action credits. */
export type Amount =
  | { readonly kind: 'fixed'; readonly n: number }
  /** `give` units for every full `per` of money paid; the remainder carries to the next sale (`floor`, once). */
  | { readonly kind: 'perSpend'; readonly give: number; readonly per: Money; readonly category: string | null }
  /** `give` units for each item bought (paid items only). */
  | {
      readonly kind: 'perItem';
      readonly give: number;
      readonly category: string | null;
      readonly product: string | null;
    };

/**
 * A small expression tree over the member's state and the sale, evaluated totally: an unknown field is 0, a division by
 * zero is 0, too deep a tree is false. Truth is 1 and 0.
 */
export type Expression =
  | { readonly op: 'const'; readonly value: number }
  | { readonly op: 'field'; readonly field: Field }
  | { readonly op: 'counter'; readonly counter: Counter }
  | { readonly op: 'not'; readonly of: Expression }
  | {
      readonly op: 'and' | 'or' | 'add' | 'multiply' | 'min' | 'max';
      readonly of: readonly Expression[];
    }
  | {
      readonly op: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'subtract' | 'divide';
      readonly left: Expression;
      readonly right: Expression;
    };

export type Field =
  | { readonly kind: 'saleTotal' }
  | { readonly kind: 'saleQuantity'; readonly category: string | null }
  | { readonly kind: 'weekday' }
  | { readonly kind: 'month' }
  | { readonly kind: 'partOfDay' }
  | { readonly kind: 'balance'; readonly unit: UnitId }
  | { readonly kind: 'daysSinceLastVisit' }
  | { readonly kind: 'daysSinceJoined' }
  | { readonly kind: 'inTier'; readonly tier: string };

/** Never more than `n` per member, device or business in one window. */
export interface Limit {
  readonly n: number;
  readonly per: 'member' | 'device' | 'business';
  readonly window: Window;
}

/** Rules of one group: all apply, only the best for the customer, or only the first by `order`. */
interface Stacking {
  readonly group: string;
  readonly mode: 'all' | 'best' | 'first';
  readonly order: number;
}

/** When a rule or reward is on. Days include the last one; weekdays 1 (Monday) to 7; hours `[from, to)` of the shop's clock. */
export interface ActiveWindow {
  readonly from: Day | null;
  readonly to: Day | null;
  readonly weekdays: readonly number[] | null;
  readonly hours: { readonly from: number; readonly to: number } | null;
}

/** The bounds of risk that the owner sets; the defaults are in `defaultPolicies.ts`. */
export interface Policies {
  /** Redeeming offline without a manager is allowed while the last sync is younger than this. */
  readonly offlineRedeemHours: number;
  readonly offlineRedemptionsPerMember24h: number;
  readonly offlineRedemptionsPerOutage: number;
  /** The same card at the same till not twice within this time. */
  readonly cooldownSeconds: number;
  /** More earning events of one member in a day than this are flagged. */
  readonly earningEventsPerDay: number;
  /** The own void within this time is free, later it needs a manager and a reason. */
  readonly voidFreeMinutes: number;
  readonly goodwillPerStaffPerDay: number;
  /** Days of grace for a lot that expired between the sale and its void. */
  readonly voidGraceDays: number;
  /** Up to this worth, what was told but not booked is granted at the nightly comparison. */
  readonly grantToldUpTo: Money;
  // What follows came later: absent in older versions of a program, whose hashes stand. `policiesOf` fills it in.
  /** What one till may give away in one outage without a manager, at its cost to the shop; absent: only the number counts. */
  readonly offlineValuePerOutage?: Money;
  /** A till that has not synced for so long counts as offline, whatever it believes of its connection. */
  readonly staleHours?: number;
  /** So many rewards a day staff may give on their own word where a manager is needed and none is there. */
  readonly ownWordPerDay?: number;
  /** How long a voucher that a customer's phone fetched holds its reward; 0: phones get none. */
  readonly phoneVoucherMinutes?: number;
  /** Overdrafts of a member are counted for so many days. */
  readonly overdraftDays?: number;
  /** From this many overdrafts on, the member redeems only online or with a voucher from the phone; 0: never. */
  readonly overdraftsToOnlineOnly?: number;
  /** From this many on, the member redeems nothing until the owner lifts it; 0: never. */
  readonly overdraftsToBlock?: number;
}
