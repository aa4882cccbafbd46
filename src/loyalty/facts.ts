import type { CredentialKind, Instant, Money, UnitId } from './basics.ts';

/**
 * What happened at the counter. A fact is immutable, never refused, and never names lots. The member it concerns, the day
 * and the program version stand in the event around it. Facts of a kind that this version does not know are counted by
 * `apply`, never thrown.
 */
export type Fact =
  | ({ readonly kind: 'enrolled'; readonly via: 'till' | 'card' | 'office' | 'import' } & UsesShares)
  | Sale
  | Redeemed
  | ({ readonly kind: 'actionConfirmed'; readonly action: string } & UsesShares)
  | { readonly kind: 'goodwill'; readonly reason: string; readonly unit: UnitId; readonly amount: number }
  | { readonly kind: 'goodwillReward'; readonly reason: string; readonly reward: string }
  /** By a manager or in the office; `amount` is signed. */
  | { readonly kind: 'adjusted'; readonly reason: string; readonly unit: UnitId; readonly amount: number }
  | { readonly kind: 'voided'; readonly target: string; readonly reason: string | null }
  /** A part of a sale was given back; `amount` is this part alone, in money, greater than zero. */
  | { readonly kind: 'refunded'; readonly target: string; readonly amount: Money }
  | { readonly kind: 'credentialIssued'; readonly credential: string; readonly credentialKind: CredentialKind }
  | { readonly kind: 'credentialRevoked'; readonly credential: string; readonly reason: string | null }
  /** `member` of the event is the one that stays (who enrolled first); `other` becomes its alias. Written by the server. */
  | Reserved
  /** The owner looked at an overdraft (the event `target`) and does not hold it against the member. Written by the server. */
  | { readonly kind: 'forgiven'; readonly target: string; readonly reason: string | null }
  | { readonly kind: 'merged'; readonly other: string }
  | { readonly kind: 'unmerged'; readonly other: string }
  /** The member asked to be forgotten: personal data is gone, cards are revoked, what was earned stays in the sums. Written by the server. */
  | { readonly kind: 'erased' }
  /** Devices may give so many more of a pool (see `shares.ts`). Written by the server, ahead of the window. */
  | {
      readonly kind: 'shareGranted';
      readonly pool: string;
      readonly to: readonly { readonly device: string; readonly n: number }[];
    }
  /** A device gives up a part of its own share, for the server to grant elsewhere. */
  | { readonly kind: 'shareReleased'; readonly share: string; readonly n: number };

/** Acts that can use up a limit per device or business name the shares they use, one use each; absent: none. */
interface UsesShares {
  readonly shares?: readonly string[];
}

/** A sale may have no amount ("just one stamp") and no lines. */
export interface Sale extends UsesShares {
  readonly kind: 'sale';
  /** What was paid in all, unrounded, after discounts; `null` where the till was not told. */
  readonly total: Money | null;
  readonly lines: readonly SaleLine[];
  /** The hour of the shop's clock, 0 to 23. */
  readonly hour: number;
  /** Order id of another system, where there is one. */
  readonly external: string | null;
}

export interface SaleLine {
  readonly product: string | null;
  readonly category: string;
  readonly quantity: number;
  /** Of all items of the line together; `null` where only the item was tapped. */
  readonly amount: Money | null;
  /** true: this item was had for a reward; it earns nothing. */
  readonly given: boolean;
}

/** Goods were handed over. With `voucher`, that voucher is used up; without, the reward's cost is taken. */
export interface Redeemed extends UsesShares {
  readonly kind: 'redeemed';
  readonly reward: string;
  readonly voucher: string | null;
  /** The firing (`rule/period`) that a voucher due by date belongs to, so that the named period stands. */
  readonly due: string | null;
  /** Approved with a manager's PIN: the staff id. */
  readonly approvedBy: string | null;
  /** Set where the till could not ask the server: when it last had, by its own clock. The server checks policies on it. */
  readonly offline?: { readonly since: Instant | null };
  /** Given although a manager was needed and none was there. */
  readonly goOn?: GoOn;
  /** The reservation that a voucher from the customer's phone stands for. */
  readonly reservation?: string;
}

/** How staff went on without a manager: on their own word (a small daily quota), or with the owner's one-time code number `n`. */
export type GoOn = { readonly kind: 'ownWord' } | { readonly kind: 'ownerCode'; readonly n: number };

/**
 * The server holds a reward for a member whose phone asked for a voucher: nobody else redeems it until then. Written by
 * the server; it lapses by itself.
 */
export interface Reserved {
  readonly kind: 'reserved';
  /** Lower-case hex of 16 random bytes. */
  readonly reservation: string;
  readonly reward: string;
  readonly voucher: string | null;
  readonly due: string | null;
  readonly from: Instant;
  readonly until: Instant;
}

export type FactKind = Fact['kind'];
