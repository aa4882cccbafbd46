import type { Instant } from '../loyalty/basics.ts';
import type { Document, MemberRecord, Profile, ProfilePatch, ProgramVersion } from './documents.ts';
import type { Admitted, Flag } from './event.ts';

/**
 * THE PROTOCOL between tills and server, version 1. This comment is its specification; the types below are its messages,
 * `event.ts` and `documents.ts` are what they carry, `requestSchemas.ts` and `answerSchemas.ts` in `schemas/` check them at
 * the doors.
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
 * | POST /sync/push   `PushRequest`      | `PushAnswer`       | up to 500 events of 256 KB; more where accepted  |
 * | GET /sync/pull?epoch&gseq&chain&rev  | `PullAnswer`       | up to 1000 events and 1000 documents; gzip       |
 * | GET /sync/snapshot                   | `SnapshotManifest` | gzip                                             |
 * | GET /sync/snapshot/pages/n?of=pages  | `SnapshotPage`     | n from 0; some 300 members each; gzip            |
 * | GET /sync/live                       | event stream       | hints only                                       |
 * | POST /sync/offer  `OfferRequest`     | `OfferAnswer`      | to a restored server alone; body up to 3 MB      |
 * | POST /sync/leave  `LeaveRequest`     | `ServerMark`       | the till is removed; push what is unsent before  |
 *
 * Whatever is not 2xx has an `ErrorAnswer` as its body. A 200 whose body is not the message (a captive portal's page) is no
 * answer at all and is treated as a network error.
 *
 * PROOF. Each request but /pair carries `Authorization: Regulars device, time, nonce, signature` (`deviceProof.ts`): P-256
 * over method, path with query, time, nonce and the body's hash. `time` is the server's clock as the device knows it, within
 * 5 minutes, else 401 `proofClock`, whose `time` is the one to measure by. A nonce serves once. 401 `unauthorized`: the
 * device is not known here (it was paired after the backup that the server was restored from); it keeps recording and shows
 * that it must be paired. Pairing with the key and the `device` it had gives it the same device again, and so its runs.
 *
 * PUSH comes before pull, one at a time per device. Its answer says in `accepts` whether the next one may be larger (up to
 * 1000 events and 1 MB of them) and compressed (`Content-Encoding: gzip`; the proof's hash is that of the bytes as sent);
 * after any failure the device begins small and plain again (at once after a 400: an older server may stand there now, which
 * cannot read it). A server with too many pushes under way answers 429 to large ones, so that tills with a customer waiting
 * come through. In one transaction the server applies patches, then stores and books the events in their order; when it
 * answers 200, all of it is on the disk. Patches count per (device, run) by `pseq` without a gap; `patchesThrough` says how
 * far, and one for an erased member is taken and dropped. Of each event `results` says only what is not plain "accepted":
 *   - `duplicate`: it was stored before. Pushing anything any number of times changes nothing.
 *   - `flagged`: booked, and the owner sees why (`Flag`).
 *   - `quarantined`: it could not be read or booked; its bytes are kept, shown to the owner, and tried again after an upgrade.
 *     It takes its number all the same (counted from the push's `first`), so nothing waits behind it.
 *   - `gap`: an event before it is missing; nothing from here on was stored, and the list ends. Go on from `storedThrough` + 1.
 * `storedThrough` and `storedHash` tell where the run stands. An event whose number is taken by another, or that follows
 * something else than what is stored, comes from a copy of the device: it is booked in a branch, a run of its own named
 * `<run>~<first 8 digits of the hash>`, and flagged `fork`; `storedThrough` is then the branch's, so that the copy's queue
 * moves as well. `need.programs` lists program versions that the server does not have: what was told is booked (flagged
 * `unknownProgram`), and the till brings the versions with a later push, if it has them.
 *
 * `member` may be `card:<card id>`: the server finds the card's member or makes one, the same at every server, and `Admission.member` says which. Aliases of
 * merged members are followed the same way. A reversal is booked under its target's member. The effective `day` is the till's,
 * not after the arrival, and not before the arrival of the event that the till's `basis` names.
 *
 * REDEMPTIONS say how they were decided: `offline.since` where the till could not ask, `approvedBy` or `goOn` where a manager
 * was needed, `reservation` where a voucher from the customer's phone (`card/voucherToken.ts`) paid. The server checks them against
 * the policies of the program that the event names (flag `beyondPolicy`), and follows the reservation: its first redemption
 * uses it up, another one is booked and flagged `doubleRedemption`. It writes `reserved` and `forgiven` itself. What a doubled
 * redemption means for its member (effect `strike`) comes with the booking, so that every till knows it.
 *
 * PULL brings events in gseq order, the own ones among them, and documents by `rev`. First `gseq` = cursor + 1, each `chain`
 * follows from the one before; cursor and data are stored in one transaction. `more`: ask again at once. 409 `diverged`: the
 * server does not know the cursor (it was restored; the same where a push's `storedThrough` is less than it once was, or the
 * epoch another one). The till then offers what it has kept of the ledger (OFFER), brings its
 * own events again (they are `duplicate` where the server has them), loads a snapshot beside the old one and swaps. It never
 * wipes what is unsent.
 *
 * OFFER. A restored server has lost what came after its backup: events of tills that may never come back, and its own. Every
 * till holds a journal of all admissions, the newest 20,000 of 40 days, each with the server's `seal`. It first names some
 * points of it (`known`: gseq and chain); `common` is the furthest that this ledger has as well. Then it offers, in order,
 * what lies behind, with the program versions that it names and the profiles of its members. What follows this ledger's head
 * without a gap, by gseq and chain, is readmitted as it was, with its old number, booking and flags. The rest is booked anew
 * at the end, on the day it had, with the old booking as what was told, flagged `rebooked`. Only sealed admissions are
 * taken; the seal's secret is in the backup, so no till can make one up. An event is known by (device, run, seq, hash), so
 * each counts once however many tills offer it, however often. A profile is taken where the server has none; a program
 * version is named by its content and checked by nothing else. Documents of the office (staff, settings, which program is in
 * force) are as the backup has them.
 *
 * SHARES. A limit for the whole business ("the first 20 today") is divided among the devices ahead. The server writes
 * `shareGranted` (a pool, and how many each device may give) into the ledger when the program is published, before a window
 * opens, and when a device gives some back by `shareReleased`. A fact that uses a share names it in `shares`, as
 * `<pool>/<device>`; a device names its own alone and only what it has left. A void gives back to the device that used it
 * while the window lasts. `shares` documents count each pool per device (granted, used, released); a pull always brings all
 * of them that changed, so that they are never behind its events, and what a device has left is its count there less its own
 * events that the generation does not cover. Uses beyond a share are booked and flagged `shareExceeded`. Never more than the
 * limit is out: what a lost, revoked or replaced device holds is not given out, since nobody knows whether it still gives
 * without a network; what a device had left that was removed at the counter (LEAVE) comes back by a `shareReleased` of the
 * server's own. A restored server grants nothing of windows that the server before it may have granted. A limit per device
 * is counted the same way and needs no grant.
 *
 * SNAPSHOT. Manifest, pages in any order (resumable), then the tail from the manifest's cursor, which lies up to a day
 * and a half (and up to 3,000 events) back, so that a fresh till can show the day. Each member has the gseq of its own
 * state: events of the tail up to that gseq are folded in already, and so is what `own` names. `fold` other than the
 * device's: it must be upgraded.
 *
 * LIVE is a fetch that reads a text/event-stream (EventSource could not send the proof). Events: `head` with `{epoch,
 * head, rev}`, at once and then whenever something changed (many changes become one), `revoked`; a comment every 20 s. 45
 * s of silence mean that it is dead. Data always comes by pull; without live, poll every 30 s; with it, every 2 minutes
 * all the same.
 *
 * ERASED. A member who asked to be forgotten is a profile document with `data: null`, a fact `erased` in the ledger, and
 * `erased` on the member's record in snapshots. A till removes the name from its storage, also from what it wrote itself, and
 * sends patches about the member, whose numbers it keeps, without content. Where it has not heard of the server for 30 days it
 * removes all names and phone numbers.
 *
 * DURABLE. `durableThrough` says per run through which seq the ledger is safe even if this server is lost: 0 until a backup
 * outside of it is recorded. A till keeps its own events until they are durable and 35 days old. Where a restored server lacks
 * some that a till has forgotten since, the till sends something unreadable under each of their numbers: it is quarantined,
 * and what comes behind has its place.
 *
 * RETRY. Only network errors, time-outs, 429 and 5xx are tried again: the same batch, full jitter from 1 s up to 60 s, for
 * ever; Retry-After is honored; on 413 or a time-out the batch is halved. Recording never waits for any of this.
 *
 * HEALTH goes with every push, so that the owner sees how each till is. `recorded` says through which seq each run goes, sent or
 * not: a till that never comes back leaves behind how many events are missing. A run that its till says to have left while
 * the server holds more of it (the storage was copied or restored) is closed: what is still appended to it comes from a copy,
 * and is flagged `fork`. Copies go on, each in a run of its own.
 *
 * REVOKED. A revoked device may still push (booked, flagged `afterRevocation`); everything else answers 403 `revoked`, upon
 * which it pushes what it has and then wipes customers' data. A till that is removed at the counter says so by `POST
 * /sync/leave` (`LeaveRequest`), and is revoked from then on. LEAVE: when it has wiped itself, it says so once more with how
 * far it had recorded; where all of that is stored and no copy of it is known, its shares are free again. One that another
 * till replaces is revoked when the new one is paired.
 *
 * JOURNAL. What a till holds can be taken out of it as a file (`journal.ts`) and brought by the owner instead; its events are
 * admitted as in a push.
 *
 * VERSIONS. Events of every version are accepted for ever (golden files in `tests/sync/golden`). `protocol` is what the device
 * speaks; 426 `upgradeNeeded` may be answered to pull and live only. Unknown fields are ignored, unknown fact kinds and
 * envelopes are quarantined.
 */

/** Most events, and most bytes of events, in one push. */
export const PUSH_MAX_EVENTS = 500;
export const PUSH_MAX_BYTES = 256 * 1024;
/** Runs that a till's health names at most: the latest. */
export const RECORDED_RUNS = 20;
/** Most admissions, and most points, in one offer; of events as many bytes as a push. */
export const OFFER_MAX = 200;
export const OFFER_MAX_KNOWN = 64;

/** What a server may allow in the `accepts` of an answer. */
export const PUSH_LARGE_EVENTS = 1000;
export const PUSH_LARGE_BYTES = 1024 * 1024;
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
  /** `seq` at which the till holds the first of them: by it, what cannot be read has its place. Older tills do not say it. */
  readonly first?: number;
  readonly patches: readonly ProfilePatch[];
  /** Program versions that an earlier answer asked for in `need`; named by their content, so anyone may bring them. */
  readonly programs: readonly ProgramVersion[];
  /** Health, shown to the owner. */
  readonly health: DeviceHealth;
}

/** What is optional came later: tills of an older version do not say it. */
export interface DeviceHealth {
  readonly build: string;
  /** Events that wait at the till once this push is stored. */
  readonly unsent: number;
  readonly oldestUnsentAt: Instant | null;
  readonly persisted: boolean | null;
  /** Bytes that the browser uses, and may use at most. */
  readonly storage?: { readonly used: number; readonly quota: number } | null;
  /** Server clock minus this till's clock, ms; `null`: never measured. */
  readonly skew?: number | null;
  /** What stopped the last round of sync, as a code; `null`: nothing. */
  readonly lastError?: string | null;
  /**
   * By run of this till, the latest ones: through which seq it has recorded. What is above `storedThrough` is known to exist,
   * and so it is known to be missing if the till never comes back.
   */
  readonly recorded?: Readonly<Record<string, number>>;
}

/** The till was removed from the shop, at the till. */
export interface LeaveRequest {
  /** Who did it, by staff id. */
  readonly staff: string | null;
  /**
   * Said once more after the till has removed itself, and only where nothing was unsent: by run, the latest ones, through which seq it
   * had recorded. From then on nobody can record in its name.
   */
  readonly wiped?: Readonly<Record<string, number>>;
}

/** What a till has kept of a ledger that the server may have lost. */
export interface OfferRequest {
  readonly protocol: number;
  /** Points of the till's journal, newest first. */
  readonly known: readonly { readonly gseq: number; readonly chain: string }[];
  /** In the order of the journal. */
  readonly admissions: readonly Admitted[];
  readonly programs: readonly ProgramVersion[];
  /** Of members whom the admissions name. */
  readonly profiles: readonly Profile[];
}

export interface OfferAnswer extends ServerMark {
  /** The furthest of the known points that this ledger has as well; 0: none. */
  readonly common: number;
  readonly readmitted: number;
  readonly rebooked: number;
  readonly duplicates: number;
  /** Without a seal of this server's, or not readable. */
  readonly refused: number;
  /** Versions that the offer names and that nobody has brought; the same once more, with them, is booked by them. */
  readonly need: { readonly programs: readonly string[] };
}

export interface PushAccepts {
  readonly events: number;
  readonly bytes: number;
  readonly gzip: boolean;
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
  /** What the next push may be; missing: no more than every server takes, and plain. */
  readonly accepts?: PushAccepts;
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
