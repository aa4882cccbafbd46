import type { CredentialKind, Day, Instant, UnitId } from '../loyalty/basics.ts';
import type { Effect } from '../loyalty/effects.ts';
import type { Fact } from '../loyalty/facts.ts';

/**
 * One immutable ledger entry. It travels and is stored as its canonical UTF-8 string (see `canonical.ts`), which is what
 * is hashed; nobody ever serializes it again.
 */
export interface Event {
  /** Version of the envelope. */
  readonly v: 1;
  /** UUIDv7 made where the act happened. Names it; never orders it. */
  readonly id: string;
  readonly business: string;
  readonly location: string;
  readonly device: string;
  /** One life of the device's ledger; a till that was wiped or restored starts a new one. */
  readonly run: string;
  /** 1, 2, 3 ... without a gap within (device, run). */
  readonly seq: number;
  /** Hash of the event before it in the same run; 64 zeroes for the first. */
  readonly prev: string;
  /** The device's own clock. */
  readonly at: Instant;
  /** Server clock minus device clock as last measured, in ms; `null`: never measured. */
  readonly skew: number | null;
  /** The day as the till saw it. The server settles the effective day in the admission. */
  readonly day: Day;
  /** The cursor of what the device knew when it decided. */
  readonly basis: { readonly epoch: string; readonly gseq: number };
  /** Version of the engine that told the effects. */
  readonly engine: number;
  /** Staff id of who was signed in; `null` for the server's own and the customer's own acts. */
  readonly staff: string | null;
  /**
   * The member concerned as the device knew it; `card:<card id>` for a genuine card that the device had never seen (the
   * server finds its member); `null` for a sale without member.
   */
  readonly member: string | null;
  readonly credential: { readonly kind: CredentialKind; readonly id: string } | null;
  /** Hash of the program version that was in force at the device. */
  readonly program: string;
  readonly fact: Fact;
  /** What the customer was shown. */
  readonly told: readonly Effect[];
}

/** The server's record beside the event, never inside its hash. */
export interface Admission {
  /** Gap-free per business: the order of the ledger. */
  readonly gseq: number;
  /** Hash of (the chain before, the event's hash): the ledger's running hash. */
  readonly chain: string;
  /** Hash of the event's bytes. */
  readonly hash: string;
  readonly receivedAt: Instant;
  /** The effective day: the till's day, clamped between the last server time it had seen and the arrival. */
  readonly day: Day;
  /** The member it was booked under (an alias or a card followed to its member). */
  readonly member: string | null;
  readonly booked: readonly Effect[];
  readonly flags: readonly Flag[];
}

/** An admission together with the bytes of its event, as pull and export carry it. */
export interface Admitted extends Admission {
  readonly bytes: string;
  /**
   * The server's own mark on all of the admission (`server/ledger/seal.ts`), set in pulls: by it a server that was restored
   * knows its own word again when a till brings it back. Tills keep it and cannot check it.
   */
  readonly seal?: string;
}

/** What the owner must look at; the event was booked all the same. */
export type Flag =
  | 'doubleRedemption'
  | 'overdrawn'
  | 'consumedAhead'
  | 'earnedTooOften'
  | 'clockOff'
  | 'fork'
  | 'afterRevocation'
  | 'unknownCard'
  | 'revokedCredential'
  | 'unknownProgram'
  | 'bookedDiffers'
  | 'reversedTwice'
  | 'waiting'
  | 'dayClamped'
  | 'unknownStaff'
  | 'managerQuota'
  /** A till gave something although its own policies should have refused it. */
  | 'beyondPolicy'
  /** More was given than the limit's share of this till allowed. */
  | 'shareExceeded'
  /** A restored server booked it anew, from what a till had kept of the ledger before. */
  | 'rebooked';

/** An exception as the owner and every till's Today see it; a document (see `documents.ts`). */
export interface ExceptionRecord {
  readonly id: string;
  readonly kind: Flag;
  readonly gseq: number;
  readonly event: string;
  /** The other event of a pair (the first redemption of the same voucher). */
  readonly pair: string | null;
  readonly member: string | null;
  readonly device: string;
  readonly staff: string | null;
  /** What it cost the shop, in money of the business; 0 where nothing was lost. */
  readonly cost: number;
  readonly reward: string | null;
  /** The voucher it is about, where there is one. */
  readonly voucher: string | null;
  readonly unit: UnitId | null;
  readonly day: Day;
  readonly at: Instant;
  /** Closed by a later event (an earning that filled the debt) or by the owner. */
  readonly closed: boolean;
  /** Of a doubled redemption: whether it counts for the member, or is for a review of the staff (same till or person). */
  readonly toward?: 'member' | 'staff';
  /** Set where the owner has closed it by hand; `lifted`: it does not count for the member any more. */
  readonly seen?: { readonly by: string; readonly at: Instant; readonly note: string; readonly lifted: boolean };
}
