import type { CredentialKind, Day, Instant, Money } from './basics.ts';
import type { Effect, Why } from './effects.ts';
import type { Fact, GoOn } from './facts.ts';
import type { Limit, Program, Window } from './program.ts';
import type { MemberState } from './state.ts';

/** What surrounds a fact, wherever it is worked out. Everything that the engine may not ask the world for itself. */
export interface Context {
  /** Id of the event that carries the fact; lots and firings are named after it. */
  readonly event: string;
  readonly day: Day;
  readonly profile: ProfileDates;
  /** For `voided`, `refunded`, `unmerged`: what the target (the merge) did, where it is known here. `null`: not known (yet). */
  readonly target: Target | null;
  /**
   * For `merged`: the state of the member that becomes an alias. `null` otherwise.
   */
  readonly other: MemberState | null;
}

export interface ProfileDates {
  /** `MM-DD`, without a year. */
  readonly birthday: string | null;
  readonly nameDay: string | null;
  /** What 29 February means in common years. */
  readonly leapDay: '02-28' | '03-01';
}

/** The event that a void or refund reverses, with what was booked (or, at the till, told) for it. */
export interface Target {
  readonly event: string;
  readonly fact: Fact;
  readonly day: Day;
  readonly program: Program;
  readonly effects: readonly Effect[];
}

export interface Outcome {
  readonly effects: readonly Effect[];
  readonly why: readonly Why[];
}

/** What somebody at the till asks for; it becomes a fact, or is refused with a reason. */
export type Request =
  | Fact
  /** "Give this": the engine picks the open voucher, or the cost, itself. */
  | {
      readonly kind: 'redeem';
      readonly reward: string;
      readonly voucher: string | null;
      /** The voucher from the customer's phone that pays for it. */
      readonly reservation?: { readonly id: string; readonly due: string | null; readonly until: Instant };
    };

/** What the till knows about the moment; policies are decided on it. */
export interface Situation {
  readonly at: Instant;
  /** true while the server answers. */
  readonly online: boolean;
  readonly lastSyncAt: Instant | null;
  readonly staffRole: 'staff' | 'manager' | 'owner';
  /** Staff id of a manager whose PIN was given for this request. */
  readonly approvedBy: string | null;
  readonly credential: CredentialKind;
  /** Id of the credential that was shown; `null` where the member was found by phone or name. */
  readonly credentialId: string | null;
  /** How staff goes on without a manager, where they chose to. */
  readonly goOn: GoOn | null;
  /** What this till gave away offline, in this outage and in the last 24 hours, and did not take back. */
  readonly given: readonly GivenOffline[];
  /** The latest time that this till has seen since it last synced: a clock that was set back does not make it younger. */
  readonly latestAt: Instant;
  /** The server's time as well as it is known here, never before what the server has told. */
  readonly serverAt: Instant;
  /** The clock shows less than what this till has seen already: whether something has ended cannot be judged by it. */
  readonly clockBehind: boolean;
  /** The voucher from the customer's phone that is shown, and whether this till has taken it already. */
  readonly reservation: { readonly id: string; readonly until: Instant; readonly used: boolean } | null;
  /** When this member last earned at this till. */
  readonly lastEarnAt: Instant | null;
  /** "New purchase": the customer really bought again within the cool-down. */
  readonly secondPurchase: boolean;
  readonly targetAt: Instant | null;
  /** The target of a void was recorded by this staff member at this till. */
  readonly ownTarget: boolean;
  readonly goodwillToday: number;
  /** By pool: what this till may still give of the limits per device and business, worked out by `sharesLeft`. Absent: nothing. */
  readonly shares?: SharesLeft;
}

export type SharesLeft = Readonly<Record<string, ShareLeft>>;

export interface ShareLeft {
  readonly share: string;
  readonly left: number;
  /** What other tills have left, as far as known here. */
  readonly elsewhere: number;
}

/** A redemption that a till recorded without the server. */
export interface GivenOffline {
  readonly reward: string;
  readonly at: Instant;
  readonly day: Day;
  /** To the member whom the request is about. */
  readonly sameMember: boolean;
  /** In the outage that is not over yet. */
  readonly thisOutage: boolean;
  /** On the staff's own word. */
  readonly ownWord: boolean;
}

/** Why the till says no, as data. Nothing was recorded. */
export type Refusal =
  | { readonly kind: 'unknownReward'; readonly reward: string }
  | { readonly kind: 'rewardNotActive'; readonly reward: string }
  | { readonly kind: 'balanceTooLow'; readonly unit: string; readonly have: number; readonly need: number }
  | {
      readonly kind: 'voucherNotOpen';
      readonly voucher: string;
      readonly status: 'consumed' | 'expired' | 'unknown';
    }
  | {
      readonly kind: 'limitReached';
      readonly n: number;
      readonly per: Limit['per'];
      readonly window: Window;
      /** What other tills have left of it; always 0 of a limit per member or device. */
      readonly elsewhere: number;
    }
  | { readonly kind: 'credentialRevoked' }
  | { readonly kind: 'cooldown'; readonly secondsLeft: number }
  | { readonly kind: 'onlineOnly'; readonly reward: string }
  /** `ownWord`: how many times today staff may still go on without one, where they may at all. */
  | { readonly kind: 'managerNeeded'; readonly because: ManagerReason; readonly ownWord?: number }
  /** The reward is kept for a voucher on the customer's phone. */
  | { readonly kind: 'held'; readonly until: Instant }
  | { readonly kind: 'reservationUsed' }
  | { readonly kind: 'reservationExpired' }
  /** After several overdrafts the member redeems only online, or with a voucher from the phone. */
  | { readonly kind: 'memberOnlineOnly' }
  /** After more of them, only the owner can lift it. */
  | { readonly kind: 'memberBlocked' }
  | { readonly kind: 'targetUnknown'; readonly target: string }
  | { readonly kind: 'alreadyReversed'; readonly target: string }
  | { readonly kind: 'refundTooHigh'; readonly left: Money }
  | { readonly kind: 'reasonNeeded' }
  | { readonly kind: 'badAmount' }
  | { readonly kind: 'notReversible'; readonly target: string };

export type ManagerReason =
  | 'offlineTooLong'
  | 'offlineMemberLimit'
  | 'offlineOutageLimit'
  | 'offlineOutageValue'
  | 'weakCredential'
  | 'lateVoid'
  | 'foreignVoid'
  | 'adjustment'
  | 'goodwillLimit';

export type Proposal =
  | { readonly ok: true; readonly fact: Fact; readonly effects: readonly Effect[]; readonly why: readonly Why[] }
  | { readonly ok: false; readonly refusal: Refusal };
