import type { Instant } from '../loyalty/basics.ts';
import type { Document, MemberRecord, ProfilePatch, ProgramVersion } from './documents.ts';
import type { Admitted, Flag } from './event.ts';

/**
 * THE PROTOCOL between tills and server, version 1. This comment is its specification; the types below are its messages,
 * `event.ts` and `documents.ts` are what they carry, `requestSchemas.ts` and `answerSchemas.ts` check them at the doors.
 *
 * IDEA. A till records facts without asking anybody, numbers them, and brings them when it can. The server never refuses a
 * fact: it stores it, works out what it does (books it), and gives it a place in one order that all tills then follow.
 *
 * EVENT. One canonical UTF-8 string (`canonical.ts`: sorted keys, no spaces, integers only) of at most 64 KB, hashed with
 * SHA-256 and stored as exactly those bytes, for ever. `seq` runs 1, 2, 3 ... without a gap within (device, run); `prev` is the
 * hash of the event before, 64 zeroes for the first. A till that finds the server ahead of itself (it was wiped or restored)
 * begins a new `run`; a number is never used twice.
 *
 * ORDER. `gseq` is gap-free per business and given in the transaction that stores event, booking and state. It never comes
 * from a clock or an id. `chain` = SHA-256(chain before + hash of the event), both as hex text, 64 zeroes before the first.
 * A cursor is (epoch, gseq, chain) in the ledger and `rev` in the documents. The epoch names one life of the database.
 *
 * | request                              | answer             | notes                                            |
 * | ------------------------------------ | ------------------ | ------------------------------------------------ |
 * | POST /pair                           | `PairAnswer`       | one-time code; no device proof yet               |
 * | POST /sync/push   `PushRequest`      | `PushAnswer`       | up to 500 events and 256 KB of events; body 1 MB |
 * | GET /sync/pull?epoch&gseq&chain&rev  | `PullAnswer`       | up to 1000 events and 1000 documents; gzip       |
 * | GET /sync/snapshot                   | `SnapshotManifest` | gzip                                             |
 * | GET /sync/snapshot/pages/n?of=pages  | `SnapshotPage`     | n from 0; some 300 members each; gzip            |
 * | GET /sync/live                       | event stream       | hints only                                       |
 *
 * Whatever is not 2xx has an `ErrorAnswer` as its body. A 200 whose body is not the message (a captive portal's page) is no
 * answer at all and is treated as a network error.
 *
 * PROOF. Each request but /pair carries `Authorization: Regulars device, time, nonce, signature` (`device-proof.ts`): P-256
 * over method, path with query, time, nonce and the body's hash. `time` is the server's clock as the device knows it, within
 * 5 minutes, else 401 `proofClock`, whose `time` is the one to measure by. A nonce serves once. 401 `unauthorized`: the
 * device is not known here; it keeps recording and shows that it must be paired.
 *
 * PUSH comes before pull, one at a time per device. In one transaction the server applies patches, then stores and books the
 * events in their order; when it answers 200, all of it is on the disk. Patches count per (device, run) by `pseq` without a
 * gap; `patchesThrough` says how far, and one for an erased member is taken and dropped. Of each event `results` says only
 * what is not plain "accepted":
 *   - `duplicate`: it was stored before. Pushing anything any number of times changes nothing.
 *   - `flagged`: booked, and the owner sees why (`Flag`).
 *   - `quarantined`: it could not be read or booked; its bytes are kept, shown to the owner, and tried again after an upgrade.
 *     It takes its number all the same, so nothing waits behind it.
 *   - `gap`: an event before it is missing; nothing from here on was stored, and the list ends. Go on from `storedThrough` + 1.
 * `storedThrough` and `storedHash` tell where the run stands. An event whose number is taken by another, or that follows
 * something else than what is stored, comes from a copy of the device: it is booked in a branch, a run of its own named
 * `<run>~<first 8 digits of the hash>`, and flagged `fork`; `storedThrough` is then the branch's, so that the copy's queue
 * moves as well. `need.programs` lists program versions that the server does not have: what was told is booked (flagged
 * `unknownProgram`), and the till brings the versions with a later push, if it has them.
 *
 * `member` may be `card:<card id>`: the server finds or makes the card's member, and `Admission.member` says which. Aliases of
 * merged members are followed the same way. A reversal is booked under its target's member. The effective `day` is the till's,
 * not after the arrival, and not before the arrival of the event that the till's `basis` names.
 *
 * PULL brings events in gseq order, the own ones among them, and documents by `rev`. First `gseq` = cursor + 1, each `chain`
 * follows from the one before; cursor and data are stored in one transaction. `more`: ask again at once. 409 `diverged`: the
 * server does not know the cursor (it was restored). The till then offers its own events again (they are `duplicate` where the
 * server has them), loads a snapshot beside the old one and swaps. It never wipes what is unsent.
 *
 * SNAPSHOT. Manifest, pages in any order (resumable), then the tail from the manifest's cursor, which lies up to a day and a half
 * back, so that a fresh till can show the day. Each member has the gseq of its own state: events of the tail up to that gseq
 * are folded in already, and so is what `own` names. `fold` other than the device's: it must be upgraded.
 *
 * LIVE is a fetch that reads a text/event-stream (EventSource could not send the proof). Events: `head` with
 * `{epoch, head, rev}`, at once and then whenever something changed (many changes become one), `revoked`; a comment every 20 s.
 * 45 s of silence mean that it is dead. Data always comes by pull; without live, poll every 30 s.
 *
 * DURABLE. `durableThrough` says per run through which seq the ledger is safe even if this server is lost: 0 until a backup
 * outside of it is recorded. A till keeps its own events until they are durable and 35 days old.
 *
 * RETRY. Only network errors, time-outs, 429 and 5xx are tried again: the same batch, full jitter from 1 s up to 60 s, for
 * ever; Retry-After is honored; on 413 or a time-out the batch is halved. Recording never waits for any of this.
 *
 * REVOKED. A revoked device may still push (booked, flagged `afterRevocation`); everything else answers 403 `revoked`, upon
 * which it pushes what it has and then wipes customers' data.
 *
 * VERSIONS. Events of every version are accepted for ever (golden files in `tests/sync/golden`). `protocol` is what the device
 * speaks; 426 `upgradeNeeded` may be answered to pull and live only. Unknown fields are ignored, unknown fact kinds and
 * envelopes are quarantined.
 */

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
