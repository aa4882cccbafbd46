import type { CredentialKind, Day, Instant, Money, PartOfDay, UnitId } from './basics.ts';

/**
 * What a fact does to a member. Effects are the only thing that `apply` folds into the state; the server stores them as
 * *booked*, for good. Each names the rule that made it, or `fact` where the fact itself did (a redemption's cost).
 */
export type Effect = { readonly rule: string } & (
  | {
      readonly kind: 'credit';
      readonly unit: UnitId;
      readonly amount: number;
      /** Name of the lot: `event/rule`, unique within the member. */
      readonly lot: string;
      readonly earned: Day;
      /** Last day on which the lot counts; `null`: never ends. */
      readonly expires: Day | null;
    }
  /** What the lots could not cover is a `debt` effect beside it. */
  | { readonly kind: 'debit'; readonly unit: UnitId; readonly from: readonly LotPart[] }
  /** Gives back to lots what a reversed debit took; where the lot has ended meanwhile, to a lot of its own with some days of grace. */
  | { readonly kind: 'restore'; readonly unit: UnitId; readonly to: readonly LotPart[] }
  /** Signed: positive owes more, negative pays off. */
  | { readonly kind: 'debt'; readonly unit: UnitId; readonly delta: number }
  | {
      readonly kind: 'issue';
      readonly voucher: string;
      readonly reward: string;
      readonly on: Day;
      readonly expires: Day | null;
    }
  /** Takes the issue back: an open voucher is gone, as if it had never been; a used one counts as used ahead. */
  | { readonly kind: 'withdraw'; readonly voucher: string }
  /** `ahead`: the voucher is not issued yet here; its issue is still on the way and will close it. */
  | {
      readonly kind: 'consume';
      readonly voucher: string;
      readonly reward: string;
      readonly by: string;
      readonly on: Day;
      readonly ahead: boolean;
    }
  /** A voucher that was used up already was given out once more: an overdraft, which the owner sees with its cost. */
  | {
      readonly kind: 'overdraw';
      readonly voucher: string;
      readonly reward: string;
      readonly by: string;
      readonly cost: Money;
    }
  /** The redemption `by` is reversed. `held`: another redemption has the voucher, so that only the overdraft ends. */
  | { readonly kind: 'reopen'; readonly voucher: string; readonly by: string; readonly held: boolean }
  | {
      readonly kind: 'grantTier';
      readonly tier: string;
      readonly grant: string;
      readonly from: Day;
      readonly until: Day | null;
    }
  | { readonly kind: 'endTier'; readonly grant: string }
  | { readonly kind: 'badge'; readonly badge: string; readonly on: Day }
  | { readonly kind: 'unbadge'; readonly badge: string }
  /**
   * Remainder of a rule of the form "`give` per `per` spent", signed: `spend` was counted, `units` came of it, and the
   * remainder moved by `delta` = spend - units / give * per.
   */
  | {
      readonly kind: 'carry';
      readonly delta: Money;
      readonly unit: UnitId;
      readonly spend: Money;
      readonly units: number;
      readonly give: number;
      readonly per: Money;
    }
  /** A threshold fired (`delta` 1) or was taken back (-1); `key` is counter and threshold as the rule states them. `firing` names it. */
  | { readonly kind: 'fired'; readonly key: string; readonly delta: number; readonly firing: string | null }
  /** A firing by date or period, once per name; `undo` takes the name back. */
  | { readonly kind: 'firedFor'; readonly period: string; readonly on: Day; readonly undo: boolean }
  /** Into (or, signed, out of) the base buckets of a day. */
  | {
      readonly kind: 'tally';
      readonly day: Day;
      readonly part: PartOfDay;
      readonly visits: number;
      readonly spend: Money;
      readonly items: Readonly<Record<string, number>>;
    }
  /** How much of a target has been reversed by now (in all, not by this event alone), so that voids and refunds never add up to more than the sale. */
  | {
      readonly kind: 'reversed';
      readonly target: string;
      readonly amount: Money;
      readonly whole: boolean;
      readonly on: Day;
    }
  /** A void or refund came before its target: it waits, and is booked together with it. `amount` null: the whole. */
  | { readonly kind: 'awaitTarget'; readonly target: string; readonly by: string; readonly amount: Money | null }
  /** A reward is kept for a voucher on the member's phone: `pays` from the balance, or the member's `voucher`. */
  | {
      readonly kind: 'hold';
      readonly reservation: string;
      readonly pays: { readonly unit: UnitId; readonly amount: number } | null;
      readonly voucher: string | null;
      readonly from: Instant;
      readonly until: Instant;
    }
  | { readonly kind: 'release'; readonly reservation: string }
  /**
   * `event` gave out what was not there any more. `toward`: counts for the member, or (both redemptions came from the same
   * till or person) is the shop's own matter. Found by the server.
   */
  | { readonly kind: 'strike'; readonly event: string; readonly on: Day; readonly toward: 'member' | 'staff' }
  | { readonly kind: 'forgive'; readonly event: string }
  | { readonly kind: 'enrolled'; readonly on: Day }
  | {
      readonly kind: 'credential';
      readonly credential: string;
      readonly credentialKind: CredentialKind;
      readonly revoked: boolean;
    }
  /** The credential belongs to another member again (two members were taken apart). */
  | { readonly kind: 'forgetCredential'; readonly credential: string }
  | { readonly kind: 'alias'; readonly other: string; readonly on: boolean }
  /** Of a limit's share (see `shares.ts`), not of the member: granted to its device, used by it, given back by a void, or released. */
  | {
      readonly kind: 'share';
      readonly share: string;
      readonly move: 'granted' | 'used' | 'returned' | 'released';
      readonly n: number;
    }
);

/** A part of one lot, with all that is needed to make the lot again when it was spent and dropped. */
export interface LotPart {
  readonly lot: string;
  readonly amount: number;
  readonly rule: string;
  readonly earned: Day;
  readonly expires: Day | null;
}

export type EffectKind = Effect['kind'];

/** Why something was or was not done; data, turned into a sentence by i18n. */
export type Why =
  /** A rule gave something. */
  | {
      readonly kind: 'earned';
      readonly rule: string;
      readonly unit: UnitId;
      readonly amount: number;
      readonly because: WhyReason;
    }
  | { readonly kind: 'issued'; readonly rule: string; readonly reward: string; readonly voucher: string }
  | { readonly kind: 'spent'; readonly unit: UnitId; readonly amount: number; readonly reward: string }
  | { readonly kind: 'carried'; readonly rule: string; readonly remainder: Money; readonly per: Money }
  | { readonly kind: 'reversed'; readonly target: string; readonly amount: Money | null }
  | { readonly kind: 'withdrawn'; readonly voucher: string; readonly reward: string }
  | { readonly kind: 'owed'; readonly unit: UnitId; readonly amount: number }
  | { readonly kind: 'overdrawn'; readonly reward: string; readonly voucher: string; readonly cost: Money }
  /** A rule looked at the fact and gave nothing. */
  | {
      readonly kind: 'notMet';
      readonly rule: string;
      readonly because: 'who' | 'when' | 'notActive' | 'limit' | 'stacking';
    }
  | { readonly kind: 'waiting'; readonly target: string }
  /** A void of a void, an enrolment, a merge: nothing was done. */
  | { readonly kind: 'notReversible'; readonly target: string };

export type WhyReason =
  | { readonly kind: 'visit' }
  | { readonly kind: 'spend'; readonly spend: Money; readonly carriedIn: Money }
  | { readonly kind: 'items'; readonly quantity: number; readonly category: string | null }
  | { readonly kind: 'joined' }
  | { readonly kind: 'action'; readonly action: string }
  | { readonly kind: 'goodwill'; readonly reason: string }
  | { readonly kind: 'adjusted'; readonly reason: string }
  | { readonly kind: 'milestone'; readonly at: number }
  | { readonly kind: 'date'; readonly of: string };
