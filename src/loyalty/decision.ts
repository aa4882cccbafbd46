import type { CredentialKind, Day, Instant, Money } from './basics.ts';
import type { Effect, Why } from './effects.ts';
import type { Fact } from './facts.ts';
import type { Program } from './program.ts';
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
  | { readonly kind: 'redeem'; readonly reward: string; readonly voucher: string | null };

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
  /** Redemptions recorded at this till since it was last online. */
  readonly redemptionsThisOutage: number;
  /** Redemptions of this member at this till in the last 24 hours, made offline. */
  readonly memberRedemptions24h: number;
  /** When this member last earned at this till. */
  readonly lastEarnAt: Instant | null;
  /** "New purchase": the customer really bought again within the cool-down. */
  readonly secondPurchase: boolean;
  readonly targetAt: Instant | null;
  /** The target of a void was recorded by this staff member at this till. */
  readonly ownTarget: boolean;
  readonly goodwillToday: number;
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
  | { readonly kind: 'limitReached'; readonly n: number }
  | { readonly kind: 'credentialRevoked' }
  | { readonly kind: 'cooldown'; readonly secondsLeft: number }
  | { readonly kind: 'onlineOnly'; readonly reward: string }
  | { readonly kind: 'managerNeeded'; readonly because: ManagerReason }
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
  | 'weakCredential'
  | 'lateVoid'
  | 'foreignVoid'
  | 'adjustment'
  | 'goodwillLimit';

export type Proposal =
  | { readonly ok: true; readonly fact: Fact; readonly effects: readonly Effect[]; readonly why: readonly Why[] }
  | { readonly ok: false; readonly refusal: Refusal };
