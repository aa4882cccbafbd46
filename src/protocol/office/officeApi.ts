import type { Day, Instant, Money, Text } from '../../loyalty/basics.ts';
import type { Program } from '../../loyalty/program.ts';
import type { Flag } from '../event.ts';
import type { Business, DeviceEnd, Location } from '../documents.ts';
import type { BusinessSettings } from './officeBodies.ts';
import type { PinProblem, StaffRole } from './officeRules.ts';

/**
 * The API of the back office, `/office/api/*`: JSON in and out, a session cookie, and on everything that changes
 * something the header `x-regulars-office: 1`, which no other site can send without asking first. The shapes of what is sent are
 * in `officeBodies.ts`.
 */

export const OFFICE_HEADER = 'x-regulars-office';

/** `GET /office/api/state`: where the app begins. */
export interface OfficeState {
  readonly phase: 'needsOwner' | 'signedOut' | 'signedIn';
  readonly business: Pick<Business, 'name' | 'color' | 'languages' | 'demo'> | null;
  /** Shown on the sign-in page of a demo, and nowhere else. */
  readonly demoLogin: { readonly email: string; readonly password: string } | null;
  readonly me: { readonly name: string; readonly email: string } | null;
  /** What is left of the first set-up; `null` once it is finished. */
  readonly setup: SetupProgress | null;
}

export interface SetupProgress {
  readonly business: boolean;
  readonly program: boolean;
  readonly staff: boolean;
  readonly till: boolean;
}

/** `GET /office/api/business`. */
export interface OfficeBusiness {
  readonly id: string;
  readonly settings: BusinessSettings | null;
  /** Money is in the ledger already: the currency stays. */
  readonly currencyFixed: boolean;
  readonly locations: readonly Location[];
  /** What the join poster's QR says. */
  readonly joinUrl: string;
  readonly tillUrl: string;
}

/** `GET /office/api/program`; its `secret` is left out and stays as it is when the program comes back. */
export interface OfficeProgram {
  readonly current: { readonly hash: string; readonly publishedAt: Instant; readonly program: Program } | null;
}

export interface OfficeStaff {
  readonly id: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly active: boolean;
}

export interface OfficeTill {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly revoked: boolean;
  /** How it came to be revoked, with names. */
  readonly ended: {
    readonly at: Instant;
    readonly how: DeviceEnd['how'];
    readonly by: string | null;
    readonly successor: string | null;
  } | null;
  readonly lastSeenAt: Instant | null;
  /** In contact right now. */
  readonly here: boolean;
  /** Events that it is known to have recorded and that have not arrived. */
  readonly unsent: number;
  readonly oldestUnsentAt: Instant | null;
  readonly build: string | null;
  readonly persisted: boolean | null;
  readonly storage: { readonly used: number; readonly quota: number } | null;
  /** Server clock minus the till's, ms. */
  readonly skew: number | null;
  readonly lastError: string | null;
  /** Since when a second tablet with this till's identity is known; `null`: none, or seen to. */
  readonly copiedAt: Instant | null;
}

/** What became of a till's file, in events. */
export interface JournalResult {
  readonly till: string;
  /** This server knew the till before. */
  readonly knownTill: boolean;
  readonly revoked: boolean;
  readonly new: number;
  readonly known: number;
  readonly unreadable: number;
  /** Not placed, because what comes before is missing here and in the file. */
  readonly gap: number;
  /** Changes of customers' data that came along. */
  readonly patches: number;
}

export type JournalProblem = 'notAJournal' | 'incomplete' | 'changed' | 'otherShop' | 'tooLarge';

/** A one-time code that pairs one till. */
export interface PairingCode {
  readonly code: string;
  readonly expiresAt: Instant;
  readonly url: string;
}

/** `POST /office/api/tills/:id/code`: a one-time code, to be read out to somebody who is alone at that till. */
export interface OwnerCodeAnswer {
  readonly code: string;
}

/** One row of "Today" for a redemption; names are resolved, so that the screen shows sentences. */
export interface OfficeRedemption {
  readonly event: string;
  readonly at: Instant;
  readonly reward: Text;
  readonly member: string | null;
  readonly staff: string | null;
  readonly till: string | null;
  readonly cost: Money;
  readonly undone: boolean;
  readonly flagged: boolean;
}

export interface OfficeException {
  readonly id: string;
  readonly kind: Flag;
  readonly at: Instant;
  readonly day: Day;
  readonly member: string | null;
  readonly staff: string | null;
  readonly till: string | null;
  /** The till and the time of the other event, where two were booked for one thing. */
  readonly other: { readonly till: string | null; readonly staff: string | null; readonly at: Instant } | null;
  readonly reward: Text | null;
  readonly cost: Money;
  readonly closed: boolean;
  /** Of a doubled redemption: whom it counts for; `null`: it is about something else. */
  readonly toward: 'member' | 'staff' | null;
  /** How the member stands by now, after all their overdrafts. */
  readonly standing: 'free' | 'onlineOnly' | 'blocked';
}

/** `GET /office/api/patterns?day=`: worth a look, never an accusation; names are resolved. */
export interface OfficePattern {
  readonly id: string;
  readonly kind: 'selfService' | 'bursts' | 'voidAfterRedeem' | 'manualEntries' | 'outsideHours';
  readonly day: Day;
  readonly staff: string | null;
  readonly till: string | null;
  readonly member: string | null;
  readonly count: number;
  readonly of: number;
  readonly from: Instant;
  readonly to: Instant;
}

export interface OfficeDay {
  readonly day: Day;
  readonly sales: number;
  readonly redemptions: number;
}

/** `GET /office/api/today?day=`. */
export interface OfficeToday {
  readonly day: Day;
  readonly asOf: Instant;
  readonly redemptions: readonly OfficeRedemption[];
  readonly redemptionCost: Money;
  readonly stamps: number;
  readonly points: number;
  readonly sales: { readonly count: number; readonly total: Money };
  readonly newMembers: number;
  readonly members: number;
  /** Open ones of any day, and closed ones of this day. */
  readonly exceptions: readonly OfficeException[];
  readonly exceptionCost: Money;
  readonly tills: readonly {
    readonly id: string;
    readonly name: string;
    /** No longer in use; listed because something was recorded on it that day. */
    readonly revoked: boolean;
    readonly sales: number;
    readonly stamps: number;
    readonly redemptions: number;
    readonly unsent: number;
    readonly lastSeenAt: Instant | null;
  }[];
  /** Fourteen days, oldest first: up to now, or, for an older day, up to that one. */
  readonly recentDays: readonly OfficeDay[];
}

export interface OfficeSession {
  readonly id: string;
  readonly current: boolean;
  readonly startedAt: Instant;
  readonly lastSeenAt: Instant;
  readonly browser: string;
}

/**
 * `POST /office/api/balances/check`: every balance worked out again from the ledger. The answer is lines of JSON: `{done, of}`
 * while it works, in the end `{check}`. `GET /office/api/balances` gives the last one.
 */
export interface BalanceCheck {
  readonly at: Instant;
  readonly seconds: number;
  readonly members: number;
  readonly entries: number;
  /** The running hash behind the last entry: what a verified export must end with. */
  readonly chain: string;
  /** The first place at which the ledger itself is damaged. */
  readonly fault: { readonly gseq: number; readonly fault: 'missing' | 'changed' | 'chain' } | null;
  /** Balances that are not what the ledger says. */
  readonly differing: number;
  /** The first of those members. */
  readonly listed: readonly string[];
  readonly repaired: number;
  /** The same for the pools of limits that tills share, by their names; checks of older versions do not have it. */
  readonly shares?: {
    readonly pools: number;
    readonly differing: number;
    readonly listed: readonly string[];
    readonly repaired: number;
  };
}

export type BalanceCheckLine =
  { readonly done: number; readonly of: number } | { readonly check: BalanceCheck } | { readonly failed: true };

/** `GET /office/api/members?query=`: somebody who is looked for. */
export interface OfficeMember {
  readonly id: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly enrolledOn: Day | null;
  readonly lastVisit: Day | null;
  readonly visits: number;
  /** That can be used. */
  readonly cards: number;
  readonly balances: readonly {
    readonly unit: string;
    readonly kind: 'points' | 'stamps' | 'credit';
    readonly name: Text;
    readonly amount: number;
  }[];
}

/** Refusals of the office that a screen has a sentence for; in the answer's `error`, beside the general codes. */
export type OfficeRefusal =
  | { readonly kind: 'setupLink' }
  | { readonly kind: 'setupDone' }
  | { readonly kind: 'wrongLogin' }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'pin'; readonly problem: PinProblem }
  | { readonly kind: 'lastOwner' }
  | { readonly kind: 'programChanged' }
  | { readonly kind: 'programInvalid'; readonly problems: readonly string[] }
  | { readonly kind: 'currencyFixed' }
  /** The till holds no one-time codes yet: it has not been online since it was paired. */
  | { readonly kind: 'noCodeYet' }
  | { readonly kind: 'journal'; readonly problem: JournalProblem }
  | { readonly kind: 'notFound' };

/** Body of an answer that refuses. */
export interface OfficeRefused {
  readonly refusal: OfficeRefusal;
}
