import type { CredentialKind, Day, Instant, Money } from '../loyalty/basics.ts';
import type { Proposal, Refusal, Request } from '../loyalty/decision.ts';
import type { Effect, Why } from '../loyalty/effects.ts';
import type { Fact, GoOn } from '../loyalty/facts.ts';
import type { Program, Window } from '../loyalty/program.ts';
import type { MemberState } from '../loyalty/state.ts';
import type { MemberView } from '../loyalty/views.ts';
import type { Business, Profile, Staff } from '../protocol/documents.ts';
import type { ExceptionRecord } from '../protocol/event.ts';

/**
 * What the till can do, apart from how it looks: the screens (`features/`) talk to this and to nothing below it.
 * It is made in `createTill.ts` from the store, the ledger and the sync loop.
 */
export interface Till {
  /** Opens the store and says where to begin. */
  readonly start: () => Promise<'unpaired' | 'evicted' | 'ready'>;
  readonly pair: (code: string) => Promise<PairOutcome>;
  readonly status: Observable<TillStatus>;
  /** Business, program, staff as known here; changes when a pull brings them. */
  readonly shop: Observable<Shop | null>;
  /** The last three members served, newest first. */
  readonly recent: Observable<readonly RecentEntry[]>;

  readonly signIn: (staff: string, pin: string) => Promise<SignInOutcome>;
  readonly signOut: () => void;
  /** Checks a manager's or owner's PIN for one request; gives the staff id to pass as `approvedBy`. */
  readonly approve: (pin: string) => Promise<SignInOutcome>;
  /** Checks a one-time code that the owner has read out, without the network; gives its number for `goOn`. */
  readonly checkOwnerCode: (code: string) => Promise<OwnerCodeOutcome>;

  /** Turns what a scanner read, or what was typed, into a member. Never touches the network. */
  readonly identify: (text: string, source: 'camera' | 'wedge' | 'typed') => Promise<Identification>;
  readonly findByPhone: (digits: string) => Promise<readonly Customer[]>;
  /** A member as known here, own unsent facts included. */
  readonly customer: (member: string, credential: CustomerCredential | null) => Promise<Customer>;

  /** What a request would do, without recording it: for the label of the main button. Synchronous and pure. */
  readonly preview: (customer: Customer | null, request: Request, options?: RecordOptions) => Proposal;
  /** What this till may still give of a reward that is limited per till or for the whole shop; `null`: it is not. Synchronous. */
  readonly shareLeft: (reward: string) => RewardLeft | null;
  /** Decides and stores. Resolves after the strict transaction has completed; only then may a screen say "done". */
  readonly record: (customer: Customer | null, request: Request, options?: RecordOptions) => Promise<Recording>;
  /** Takes back an event that this till recorded (or knows). */
  readonly undo: (event: string, options?: RecordOptions) => Promise<Recording>;
  readonly enroll: (fields: Partial<Omit<Profile, 'member'>>, card: CustomerCredential | null) => Promise<Recording>;
  readonly changeProfile: (member: string, fields: Partial<Omit<Profile, 'member'>>) => Promise<Recording>;

  /** Everything recorded here as one signed file, for the office to load; `null`: nothing can be read. */
  readonly exportJournal: () => Promise<JournalFile | null>;
  /**
   * Removes this till from the shop, on a manager's PIN: everything of it is wiped from this browser. Blocked while something
   * is unsent, until a file with all of it was exported.
   */
  readonly unpair: (pin: string) => Promise<UnpairOutcome>;

  readonly today: (day: Day | null) => Promise<Today>;
  /** Asks the sync loop to run now. */
  readonly syncNow: () => void;
  /** A feature tells that something is open that an update must not interrupt. */
  readonly busy: (on: boolean) => void;
}

/** Shaped for `useSyncExternalStore`. */
export interface Observable<T> {
  readonly get: () => T;
  readonly subscribe: (listener: () => void) => () => void;
}

export interface TillStatus {
  readonly phase: 'starting' | 'unpaired' | 'evicted' | 'locked' | 'open' | 'revoked' | 'storeLost';
  readonly connection: 'online' | 'offline' | 'syncing' | 'unknown';
  readonly staff: Staff | null;
  /** Events recorded here that the server has not confirmed, and when the oldest was recorded. */
  readonly unsent: number;
  readonly oldestUnsentAt: Instant | null;
  /** Changes of customers' data that the server has not confirmed. */
  readonly unsentPatches: number;
  /** A file holds everything that is unsent at this moment. */
  readonly exported: boolean;
  readonly lastSyncAt: Instant | null;
  /** Server clock minus this clock, ms. */
  readonly skew: number | null;
  readonly persisted: boolean | null;
  readonly storage: { readonly used: number; readonly quota: number } | null;
  /** First load of members: done of total; `null` when complete. */
  readonly bootstrap: { readonly done: number; readonly total: number } | null;
  readonly upgradeNeeded: boolean;
  readonly lastError: string | null;
  /** The server does not know this till any more: it records on, and must be paired again to bring it. */
  readonly mustPair: boolean;
  readonly build: string;
}

export interface JournalFile {
  readonly name: string;
  readonly text: string;
  readonly events: number;
  /** Changes of customers' data that the server does not have: they are in the file, for anybody to read. */
  readonly patches: number;
}

export type UnpairOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'unsent' }
  | Extract<SignInOutcome, { readonly ok: false }>;

export interface Shop {
  readonly business: Business;
  readonly device: { readonly id: string; readonly name: string };
  readonly location: string;
  readonly program: Program;
  readonly programHash: string;
  readonly staff: readonly Staff[];
}

export interface CustomerCredential {
  readonly kind: CredentialKind;
  /** Card id, or the phone number's member. */
  readonly id: string;
}

export interface Customer {
  readonly member: string;
  readonly credential: CustomerCredential | null;
  readonly profile: Profile | null;
  readonly state: MemberState;
  readonly view: MemberView;
  /** true: a genuine card that this till had never seen; what it holds elsewhere is not known here yet. */
  readonly unknownHere: boolean;
  /** Server time of the state that this is based on. */
  readonly asOf: Instant | null;
}

export type Identification =
  | { readonly ok: true; readonly customer: Customer; readonly voucher?: PhoneVoucherOffer }
  | {
      readonly ok: false;
      readonly reason:
        | 'notOurs'
        | 'forged'
        | 'otherShop'
        | 'revoked'
        | 'badCode'
        | 'unknownCode'
        | 'staleRotating'
        | 'erased'
        | 'voucherUsed'
        | 'voucherExpired';
      /** For `notOurs`: what it looks like. */
      readonly looksLike: 'url' | 'text' | 'receipt' | 'number' | null;
    };

export interface RewardLeft {
  readonly left: number;
  /** At other tills, as far as known here. */
  readonly elsewhere: number;
  readonly window: Window;
}

/** What a genuine voucher from the customer's phone asks this till to give. */
export interface PhoneVoucherOffer {
  readonly reservation: string;
  readonly reward: string;
  readonly voucher: string | null;
  readonly due: string | null;
  readonly until: Instant;
}

export interface RecordOptions {
  readonly approvedBy?: string;
  readonly secondPurchase?: boolean;
  readonly reason?: string;
  /** Staff goes on although a manager is needed and none is there. */
  readonly goOn?: GoOn;
}

export type Recording =
  | {
      readonly ok: true;
      readonly event: string;
      readonly at: Instant;
      readonly before: MemberView | null;
      readonly customer: Customer | null;
      readonly why: readonly Why[];
    }
  | { readonly ok: false; readonly refusal: Refusal }
  /** Nothing was stored; say so loudly. */
  | {
      readonly ok: false;
      readonly refusal: { readonly kind: 'notSaved'; readonly because: 'storageFull' | 'storeLost' | 'notPaired' };
    };

export interface RecentEntry {
  readonly event: string;
  readonly at: Instant;
  readonly customer: { readonly member: string; readonly name: string | null } | null;
  readonly fact: Fact;
  readonly effects: readonly Effect[];
  readonly undone: boolean;
}

export interface Today {
  readonly day: Day;
  readonly redemptions: readonly TodayLine[];
  readonly stamps: number;
  readonly points: number;
  readonly sales: { readonly count: number; readonly total: Money };
  /** The newest sales of all tills, so that any of them can be taken back. */
  readonly latestSales: readonly TodaySale[];
  readonly newMembers: number;
  readonly exceptions: readonly ExceptionRecord[];
  readonly exceptionCost: Money;
  /** How fresh what is known of other tills is. */
  readonly asOf: Instant | null;
  readonly tills: readonly {
    readonly device: string;
    readonly name: string;
    readonly redemptions: number;
    readonly own: boolean;
  }[];
  /** Events and changes of names. */
  readonly unsent: number;
  readonly oldestUnsentAt: Instant | null;
}

export interface TodaySale {
  readonly event: string;
  readonly at: Instant;
  readonly total: Money | null;
  readonly effects: readonly Effect[];
  readonly member: string | null;
  readonly name: string | null;
  readonly staff: string | null;
  readonly device: string;
  readonly undone: boolean;
}

export interface TodayLine {
  readonly event: string;
  readonly at: Instant;
  readonly reward: string;
  readonly member: string | null;
  readonly name: string | null;
  readonly staff: string | null;
  readonly device: string;
  readonly cost: Money;
  readonly undone: boolean;
  readonly flagged: boolean;
}

export type PairOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'wrongCode' | 'expired' | 'tooMany' | 'offline' | 'storage' };

export type OwnerCodeOutcome =
  { readonly ok: true; readonly n: number } | Extract<SignInOutcome, { readonly ok: false }>;

export type SignInOutcome =
  | { readonly ok: true; readonly staff: string }
  | {
      readonly ok: false;
      /** The last two: the try could not be counted on the disk, and one that is not counted is none. */
      readonly reason: 'wrongPin' | 'locked' | 'storageFull' | 'storeLost';
      readonly until: Instant | null;
    };
