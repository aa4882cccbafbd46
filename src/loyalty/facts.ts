import type { CredentialKind, Money, UnitId } from './basics.ts';

/**
 * What happened at the counter. A fact is immutable, never refused, and never names lots. The member it concerns, the day
 * and the program version stand in the event around it. Facts of a kind that this version does not know are counted by
 * `apply`, never thrown.
 */
export type Fact =
  | { readonly kind: 'enrolled'; readonly via: 'till' | 'card' | 'office' | 'import' }
  | Sale
  | Redeemed
  | { readonly kind: 'actionConfirmed'; readonly action: string }
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
  | { readonly kind: 'merged'; readonly other: string }
  | { readonly kind: 'unmerged'; readonly other: string };

/** A sale may have no amount ("just one stamp") and no lines. */
export interface Sale {
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
export interface Redeemed {
  readonly kind: 'redeemed';
  readonly reward: string;
  readonly voucher: string | null;
  /** The firing (`rule/period`) that a voucher due by date belongs to, so that the named period stands. */
  readonly due: string | null;
  /** Approved with a manager's PIN: the staff id. */
  readonly approvedBy: string | null;
}

export type FactKind = Fact['kind'];
