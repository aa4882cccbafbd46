import type { Instant } from '../loyalty/basics.ts';
import type { Program } from '../loyalty/program.ts';
import type { SharePool } from '../loyalty/limits/shares.ts';
import type { MemberState } from '../loyalty/state.ts';
import type { ExceptionRecord } from './event.ts';

/**
 * What tills know besides the ledger. A document has a kind, an id and a `rev` from one counter per business; a pull
 * brings every document whose rev is above the cursor's. `data: null` means removed.
 */
export type Document =
  | { readonly kind: 'business'; readonly id: string; readonly rev: number; readonly data: Business }
  | { readonly kind: 'program'; readonly id: string; readonly rev: number; readonly data: ProgramVersion }
  | { readonly kind: 'staff'; readonly id: string; readonly rev: number; readonly data: Staff }
  | { readonly kind: 'device'; readonly id: string; readonly rev: number; readonly data: Device }
  | { readonly kind: 'location'; readonly id: string; readonly rev: number; readonly data: Location }
  | { readonly kind: 'profile'; readonly id: string; readonly rev: number; readonly data: Profile | null }
  | { readonly kind: 'credential'; readonly id: string; readonly rev: number; readonly data: Credential }
  | { readonly kind: 'exception'; readonly id: string; readonly rev: number; readonly data: ExceptionRecord }
  /** Counts of one window of a limit per device or business; always as new as the newest event that came before it. */
  | { readonly kind: 'shares'; readonly id: string; readonly rev: number; readonly data: SharePool }
  | { readonly kind: 'ownerCodes'; readonly id: string; readonly rev: number; readonly data: OwnerCodes }
  | { readonly kind: 'cardKeys'; readonly id: string; readonly rev: number; readonly data: CardKeys };

export interface Business {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  /** Decimals of money in the ledger: HUF 0, EUR 2. */
  readonly scale: number;
  readonly timeZone: string;
  /** The hour at which a shop's day begins, 0 to 12. */
  readonly cutOverHour: number;
  /** First one is the fall-back for texts. */
  readonly languages: readonly string[];
  /** Accent color, `#rrggbb`. */
  readonly color: string;
  /** How customers are addressed in Hungarian. */
  readonly address: 'te' | 'on';
  readonly demo: boolean;
  /** Hash of the program version in force. */
  readonly program: string;
}

export interface ProgramVersion {
  readonly hash: string;
  readonly publishedAt: Instant;
  readonly program: Program;
  /**
   * The epoch in which the office first published it; `null`: an earlier one, since a till had to bring it back. Said by the server
   * alone; versions from before this was kept do not say it.
   */
  readonly life?: string | null;
}

export interface Location {
  readonly id: string;
  readonly name: string;
  /** When it is open, Monday first; absent: nobody has said. */
  readonly hours?: OpeningHours;
}

/** By weekday, Monday first: minutes of the wall clock, `to` up to 28 hours for who closes after midnight; `null`: closed. */
export type OpeningHours = readonly ({ readonly from: number; readonly to: number } | null)[];

export interface Staff {
  readonly id: string;
  readonly name: string;
  readonly role: 'staff' | 'manager' | 'owner';
  readonly active: boolean;
  /** How a till checks the PIN offline: PBKDF2-SHA256, salt and hash in base64. */
  readonly pin: { readonly salt: string; readonly iterations: number; readonly hash: string };
}

export interface Device {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly revoked: boolean;
  /** How it came to be revoked; absent for one that is in use, and for those that were revoked before this was kept. */
  readonly ended?: DeviceEnd;
}

export interface DeviceEnd {
  readonly at: Instant;
  /**
   * `office`: the owner revoked it; `till`: removed at the counter; `replaced`: another tablet stands in its place;
   * `file`: known from its journal file alone.
   */
  readonly how: 'office' | 'till' | 'replaced' | 'file';
  /** Staff id of who removed it at the till. */
  readonly by: string | null;
  /** The device that stands in its place. */
  readonly successor: string | null;
}

/** Personal data: beside the ledger, erasable. */
export interface Profile {
  readonly member: string;
  readonly name: string | null;
  readonly callName: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly birthday: string | null;
  readonly nameDay: string | null;
  readonly language: string | null;
  readonly marketing: Consent | null;
}

export interface Consent {
  readonly given: boolean;
  readonly at: Instant;
  readonly channel: string;
  readonly wording: string;
}

export interface Credential {
  /** Card id, lower-case hex of 16 bytes. */
  readonly id: string;
  readonly member: string;
  readonly kind: 'static' | 'printed';
  readonly revoked: boolean;
}

/** How a till knows a one-time code that the owner reads out to a barista who is alone, without the network. */
export interface OwnerCodes {
  readonly device: string;
  /** Codes up to this number have been used, as far as the server knows. */
  readonly used: number;
  /** The last one that the owner was shown. */
  readonly given: number;
  readonly codes: readonly { readonly n: number; readonly pin: Staff['pin'] }[];
}

/** Keys with which a till verifies cards offline; see `card/cardToken.ts`. */
export interface CardKeys {
  /** Public keys by key id, JWK of P-256. */
  readonly signing: readonly { readonly kid: number; readonly x: string; readonly y: string }[];
  /** Day keys for rotating codes, base64, by UTC day `YYYY-MM-DD`; reach as far ahead as redeeming offline does. */
  readonly rotating: Readonly<Record<string, string>>;
}

/** A personal-data change made at the edge; travels beside the events with its own id and seq. */
export interface ProfilePatch {
  readonly id: string;
  readonly device: string;
  readonly run: string;
  readonly pseq: number;
  readonly member: string;
  readonly at: Instant;
  readonly fields: Partial<Omit<Profile, 'member'>>;
}

/** One member as snapshot pages carry it: canonical state as of `gseq`, personal data, cards. */
export interface MemberRecord {
  readonly member: string;
  readonly gseq: number;
  readonly state: MemberState;
  readonly profile: Profile | null;
  readonly credentials: readonly Credential[];
  /** The member asked to be forgotten. */
  readonly erased?: true;
}
