import type { Instant } from '../loyalty/basics.ts';
import type { Document, MemberRecord, ProfilePatch, ProgramVersion } from './documents.ts';
import type { Admitted, Flag } from './event.ts';

/** Most events, and most bytes of events, in one push. */
export const PUSH_MAX_EVENTS = 500;
export const PUSH_MAX_BYTES = 256 * 1024;
export const PROTOCOL_VERSION = 1;

/** Where a till stands in the server's ledger. */
export interface Cursor {
  readonly epoch: string;
  readonly gseq: number;
  readonly chain: string;
  /** Newest document seen. */
  readonly rev: number;
}

/** On every answer of `/sync`. */
export interface ServerMark {
  readonly epoch: string;
  readonly head: number;
  readonly time: Instant;
  /** Per run of this device: through which seq the ledger is safe even if this server is lost. */
  readonly durableThrough: Readonly<Record<string, number>>;
}

export interface PushRequest {
  readonly protocol: number;
  readonly run: string;
  /** Canonical bytes of events, in seq order, of one run. */
  readonly events: readonly string[];
  readonly patches: readonly ProfilePatch[];
  /** Program versions that an earlier answer asked for in `need`; named by their content, so anyone may bring them. */
  readonly programs: readonly ProgramVersion[];
  /** Health, shown to the owner. */
  readonly health: DeviceHealth;
}

export interface DeviceHealth {
  readonly build: string;
  readonly unsent: number;
  readonly oldestUnsentAt: Instant | null;
  readonly persisted: boolean | null;
}

export interface PushAnswer extends ServerMark {
  /** Through which seq of the pushed run everything is stored. */
  readonly storedThrough: number;
  /** Hash of the stored event at `storedThrough`; differs from the till's own: a fork or a reused number. */
  readonly storedHash: string | null;
  readonly patchesThrough: number;
  /** Only what is not plain "accepted". */
  readonly results: readonly PushResult[];
  /** Program versions that events name and this server does not have. */
  readonly need: { readonly programs: readonly string[] };
}

export type PushResult =
  | { readonly seq: number; readonly result: 'duplicate' }
  | { readonly seq: number; readonly result: 'flagged'; readonly codes: readonly Flag[] }
  | { readonly seq: number; readonly result: 'quarantined'; readonly code: QuarantineCode }
  /** An event before it is missing; nothing from here on was stored. Send again from `storedThrough` + 1. */
  | { readonly seq: number; readonly result: 'gap' };

export type QuarantineCode =
  | 'unreadable'
  | 'notCanonical'
  | 'foreignBusiness'
  | 'foreignDevice'
  | 'unknownKind'
  | 'tooLarge'
  /** Another event has this id already. */
  | 'idTaken'
  | 'bookingFailed';

export interface PullAnswer extends ServerMark {
  /** The new cursor: advance it in the same transaction that stores the data. */
  readonly cursor: Cursor;
  readonly admitted: readonly Admitted[];
  readonly documents: readonly Document[];
  readonly more: boolean;
}

/** What of this device's own run is admitted up to a cursor: all through a seq, but for the ones in quarantine. */
export interface OwnAdmitted {
  readonly through: number;
  readonly quarantined: readonly number[];
}

/**
 * What a snapshot is made of. Page n (from 0; see `pageOf`) is at `/sync/snapshot/pages/n?of=<pages>`, each member with the
 * gseq of its own state; the same `of` gives every member exactly once, however many join meanwhile.
 */
export interface SnapshotManifest extends ServerMark {
  /** The tail is pulled from here; a page's member whose `gseq` is higher is newer already. */
  readonly cursor: Cursor;
  readonly fold: number;
  readonly pages: number;
  readonly members: number;
  /** By run of the asking device, as of the manifest's cursor. */
  readonly own: Readonly<Record<string, OwnAdmitted>>;
  /** Every document but the profiles and credentials, which stand in the pages; as of the cursor's rev. */
  readonly documents: readonly Document[];
}

export interface SnapshotPage {
  readonly page: number;
  readonly members: readonly MemberRecord[];
}

/** Body of every answer that is not 2xx. */
export interface ErrorAnswer {
  readonly error: ErrorCode;
  /** For developers; screens use the code. */
  readonly message: string;
  readonly time: Instant;
}

export type ErrorCode =
  | 'badRequest'
  | 'unauthorized'
  | 'proofClock'
  | 'forbidden'
  | 'revoked'
  | 'diverged'
  | 'notFound'
  | 'conflict'
  | 'tooLarge'
  | 'tooMany'
  | 'upgradeNeeded'
  | 'unavailable'
  | 'internal';
