import { pushAnswerSchema } from '../../../protocol/schemas/answerSchemas.ts';
import type { ProgramVersion } from '../../../protocol/documents.ts';
import {
  PROTOCOL_VERSION,
  PUSH_MAX_BYTES,
  PUSH_MAX_EVENTS,
  RECORDED_RUNS,
  type PushAccepts,
  type PushAnswer,
  type PushRequest,
} from '../../../protocol/sync.ts';
import { beginNextRun } from '../../ledger/newRun.ts';
import { readOwn } from '../../ledger/readOwn.ts';
import type { EventRow, PatchRow, RunStart } from '../../store/ledgerDb.ts';
import type { Failure } from '../api.ts';
import { ReadAhead } from './readAhead.ts';
import type { Step, SyncParts } from '../syncParts.ts';
import { withoutGaps } from './withoutGaps.ts';

/** Room for what goes with the events in one request. */
const PATCHES_AT_ONCE = 500;
const PROGRAMS_AT_ONCE = 20;
const HELLO_MS = 10 * 60_000;
/** A text of so many characters travels as well without being compressed. */
const SHORT = 2000;

/** What every server takes, whatever happened before. */
const SMALL: PushAccepts = { events: PUSH_MAX_EVENTS, bytes: PUSH_MAX_BYTES, gzip: false };

interface Batch {
  readonly run: RunStart;
  readonly rows: readonly EventRow[];
  readonly patches: readonly PatchRow[];
}

/** A request made while the server works on the one before, for the case that it takes all of that. */
interface Ahead {
  readonly batch: Batch;
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly accepts: PushAccepts;
  /** Patches of the run that must be stored by then. */
  readonly patchesBefore: number;
}

/** Brings own events and patches to the server, oldest run first, batch by batch. */
export class Pusher {
  readonly #parts: SyncParts;
  #maxEvents = PUSH_MAX_EVENTS;
  #accepts = SMALL;
  #ahead: Promise<Ahead | null> = Promise.resolve(null);
  #needed: readonly string[] = [];
  /** Answers in a row that brought nothing forward. */
  #stuck = 0;

  /** The server turned out to have less than before, and may have lost program versions as well. */
  #brings = false;
  #epoch: string | null = null;
  #saidAt: number | null = null;

  readonly #rows: ReadAhead;
  /** The last write of a watermark. */
  #saved: Promise<void> = Promise.resolve();

  constructor(parts: SyncParts) {
    this.#parts = parts;
    const { ledgerDb } = parts;
    this.#rows = new ReadAhead((from, to) => ledgerDb.events.where('n').between(from, to, true, true).toArray());
  }

  /** Epoch of the ledger that the last answer came from; `null`: none has come. */
  get epoch(): string | null {
    return this.#epoch;
  }

  /** Sends one batch. `more`: there is another one. `diverged`: the server has lost what it had stored of this run. */
  async step(): Promise<Step> {
    const ahead = await this.#takeAhead();
    const batch = ahead?.batch ?? (await this.#nextBatch()) ?? this.#hello();
    if (batch === null) {
      await this.#saved;
      return { kind: 'done' };
    }
    const sending = this.#send(ahead?.body ?? (await this.#bodyOf(batch)));
    this.#ahead = this.#prepare(batch).catch(() => null);
    const sent = await sending;
    if (!sent.ok) {
      await this.#saved;
      return this.#failed(sent.failure, batch);
    }
    const { value } = sent;
    this.#saidAt = this.#parts.ports.now();
    this.#accepts = value.accepts ?? SMALL;
    this.#maxEvents = Math.min(this.#accepts.events, this.#maxEvents * 2);
    const before = this.#sentThrough(batch.run);
    const lost = value.storedThrough < (this.#parts.own.acknowledged.events[batch.run.run] ?? 0);
    await this.#acknowledge(batch, value);
    // Asked for a program, or told of a gap: the next request is another one. The same again and again would be a loop.
    const hello = batch.rows.length + batch.patches.length === 0;
    this.#stuck = this.#sentThrough(batch.run) === before && !hello ? this.#stuck + 1 : 0;
    if (this.#stuck > 3) return { kind: 'failed', failure: { kind: 'notAnAnswer' } };
    this.#epoch = value.epoch;
    // It goes on from an old file without saying so. What others saw is offered before anything is booked anew.
    return lost ? { kind: 'diverged' } : { kind: 'more' };
  }

  /**
   * Asks the server, run by run, how much it has stored, after it turned out to be another one than before; what it does
   * not have is unsent again.
   */
  async realign(): Promise<Step> {
    let epoch: string | null = null;
    for (const run of this.#parts.own.runs) {
      const batch = { run, rows: [], patches: [] };
      const sent = await this.#send(await this.#bodyOf(batch));
      if (!sent.ok) {
        // Asked again later, it must be in the way that every server takes.
        this.#beginSmall();
        return { kind: 'failed', failure: sent.failure };
      }
      await this.#acknowledge(batch, sent.value);
      this.#epoch = sent.value.epoch;
      // Restored once more: what was said of the runs before is not true of this one.
      epoch ??= this.#epoch;
      if (epoch !== this.#epoch) return { kind: 'failed', failure: { kind: 'notAnAnswer' } };
    }
    await this.#saved;
    return { kind: 'done' };
  }

  /**
   * With nothing to send, the server is still told now and then how this till is; and it tells, before the first sale of
   * a session, when it knows more of our run than we do.
   */
  #hello(): Batch | null {
    const { own, ports } = this.#parts;
    const run = own.runs.at(-1);
    const due = this.#saidAt === null || Math.abs(ports.now() - this.#saidAt) >= HELLO_MS;
    return run !== undefined && due ? { run, rows: [], patches: [] } : null;
  }

  #beginSmall(): void {
    this.#accepts = SMALL;
    this.#maxEvents = Math.min(this.#maxEvents, SMALL.events);
  }

  #failed(failure: Failure, batch: Batch): Step {
    const wasSmall = same(this.#accepts, SMALL);
    this.#beginSmall();
    // An older server stands there now, which cannot read what the one before it allowed.
    if (failure.kind === 'http' && failure.status === 400 && !wasSmall) return { kind: 'more' };
    const tooMuch = failure.kind === 'timeout' || (failure.kind === 'http' && failure.status === 413);
    if (tooMuch && batch.rows.length > 1) {
      this.#maxEvents = Math.max(1, Math.floor(batch.rows.length / 2));
      if (failure.kind === 'http') return { kind: 'more' };
    }
    return { kind: 'failed', failure };
  }

  async #nextBatch(): Promise<Batch | null> {
    const { own } = this.#parts;
    for (const run of own.runs) {
      const sent = own.acknowledged.events[run.run] ?? 0;
      const last = own.lastSeqOf(run.run);
      const patchesSent = own.acknowledged.patches[run.run] ?? 0;
      const patches = own.patchesAfter(run.run, patchesSent).slice(0, PATCHES_AT_ONCE);
      if (sent >= last && patches.length === 0) continue;
      const upTo = Math.min(last, sent + this.#maxEvents);
      const rows = sent < last ? await this.#read(run, sent + 1, upTo) : [];
      return { run, rows, patches };
    }
    return null;
  }

  async #read(run: RunStart, first: number, last: number): Promise<readonly EventRow[]> {
    const [from, to] = [run.base + first, run.base + last];
    const rows = await this.#rows.take(from, to);
    return fitting(await withoutGaps(this.#parts.ledgerDb, run, rows, { from, to }), this.#accepts.bytes);
  }

  /** Makes the request behind a batch that is on its way. */
  async #prepare({ run, rows, patches }: Batch): Promise<Ahead | null> {
    const { own } = this.#parts;
    const accepts = this.#accepts;
    const sent = rows.at(-1)?.seq;
    const last = own.lastSeqOf(run.run);
    if (sent === undefined || sent >= last) return null;
    const next = await this.#read(run, sent + 1, Math.min(last, sent + this.#maxEvents));
    if (next.length === 0) return null;
    this.#rows.prepare(Math.min(run.base + last, (next.at(-1)?.n ?? 0) + this.#maxEvents));
    const patchesBefore = patches.at(-1)?.pseq ?? own.acknowledged.patches[run.run] ?? 0;
    const batch = { run, rows: next, patches: own.patchesAfter(run.run, patchesBefore).slice(0, PATCHES_AT_ONCE) };
    return { batch, body: await this.#bodyOf(batch), accepts, patchesBefore };
  }

  /** The prepared request, where the server took all that it follows and asked for nothing else. */
  async #takeAhead(): Promise<Ahead | null> {
    const ahead = await this.#ahead;
    this.#ahead = Promise.resolve(null);
    if (ahead === null || this.#brings || this.#needed.length > 0 || !same(ahead.accepts, this.#accepts)) return null;
    const { events, patches } = this.#parts.own.acknowledged;
    const { run, rows } = ahead.batch;
    const follows = (events[run.run] ?? 0) + 1 === rows[0]?.seq && (patches[run.run] ?? 0) === ahead.patchesBefore;
    return follows && this.#parts.own.runs.includes(run) ? ahead : null;
  }

  #send(body: string | Uint8Array<ArrayBuffer>) {
    return this.#parts.api.post('/sync/push', body, pushAnswerSchema);
  }

  async #bodyOf(batch: Batch): Promise<string | Uint8Array<ArrayBuffer>> {
    const { own, ports, health } = this.#parts;
    const unsent = own.unsent();
    const stored = own.acknowledged.events[batch.run.run] ?? 0;
    // What is left once this batch is stored: the owner reads it as "still on the way".
    const left = Math.max(0, unsent.events - Math.max(0, (batch.rows.at(-1)?.seq ?? stored) - stored));
    const request: PushRequest = {
      protocol: PROTOCOL_VERSION,
      run: batch.run.run,
      events: batch.rows.map((row) => row.bytes),
      ...(batch.rows[0] && { first: batch.rows[0].seq }),
      patches: batch.patches.map((row) => row.patch),
      programs: this.#programs(batch),
      health: {
        build: ports.build,
        unsent: left,
        oldestUnsentAt: left === 0 ? null : unsent.oldestAt,
        ...health(),
        recorded: own.recorded(RECORDED_RUNS),
      },
    };
    const text = JSON.stringify(request);
    const worthIt = this.#accepts.gzip && text.length > SHORT;
    return worthIt && ports.gzip ? ports.gzip(text) : text;
  }

  /**
   * Versions that the server asked for, and, to one that has lost something, all that the batch names: what it cannot
   * look up it books as it was told.
   */
  #programs(batch: Batch): readonly ProgramVersion[] {
    const named = this.#brings ? batch.rows.flatMap((row) => readOwn(row.bytes)?.program ?? []) : [];
    const hashes = new Set([...this.#needed, ...named]);
    return [...hashes].slice(0, PROGRAMS_AT_ONCE).flatMap((hash) => this.#parts.documents.programVersion(hash) ?? []);
  }

  /** One write for a whole batch: how far the server has stored the run. After a gap that is further back than before. */
  async #acknowledge(batch: Batch, answer: PushAnswer): Promise<void> {
    const { own, ledgerDb, ports } = this.#parts;
    const { run } = batch.run;
    const last = own.lastSeqOf(run);
    const stored = await this.#rowAt(batch, answer.storedThrough);
    if (answer.storedThrough < (own.acknowledged.events[run] ?? 0)) this.#brings = true;
    const acknowledged = {
      events: { ...own.acknowledged.events, [run]: this.#storedOf(batch, answer, stored) },
      patches: { ...own.acknowledged.patches, [run]: answer.patchesThrough },
      durable: { ...own.acknowledged.durable, ...answer.durableThrough },
    };
    own.nowAcknowledged(acknowledged);
    // The next batch need not wait for this: a watermark that is lost makes the server say "duplicate", no more.
    const before = this.#saved;
    this.#saved = (async () => {
      await before.catch(() => undefined);
      await ledgerDb.meta.put({ key: 'acknowledged', value: acknowledged });
    })();
    this.#saved.catch(() => undefined);
    this.#needed = answer.need.programs;
    const forked = answer.results.some((each) => each.result === 'flagged' && each.codes.includes('fork'));
    if ((forked && own.head?.run === run) || this.#isAhead(batch, answer, last, stored)) {
      await beginNextRun(ports, ledgerDb, own);
    }
  }

  /**
   * Through which seq the server has *our* events. Beyond what was sent its word alone is not enough: under the same numbers
   * it may hold those of a copy of this till.
   */
  #storedOf({ run, rows }: Batch, answer: PushAnswer, stored: EventRow | undefined): number {
    const sure = rows.at(-1)?.seq ?? this.#parts.own.acknowledged.events[run.run] ?? 0;
    return stored?.hash === answer.storedHash ? answer.storedThrough : Math.min(answer.storedThrough, sure);
  }

  async #rowAt({ run, rows }: Batch, seq: number): Promise<EventRow | undefined> {
    const { own, ledgerDb } = this.#parts;
    const n = own.rowOf(run.run, seq);
    return n === null ? undefined : (rows.find((each) => each.n === n) ?? ledgerDb.events.get(n));
  }

  #sentThrough(run: RunStart): string {
    const { events, patches } = this.#parts.own.acknowledged;
    return `${events[run.run] ?? 0}/${patches[run.run] ?? 0}`;
  }

  /** The server holds events under our numbers that are not ours: this storage was restored or copied. */
  #isAhead({ run }: Batch, answer: PushAnswer, last: number, stored: EventRow | undefined): boolean {
    const { head } = this.#parts.own;
    if (head === null || head.run !== run.run) return false;
    if (answer.storedThrough > last || answer.patchesThrough > head.pseq) return true;
    return stored !== undefined && stored.hash !== answer.storedHash;
  }
}

function same(a: PushAccepts, b: PushAccepts): boolean {
  return a.events === b.events && a.bytes === b.bytes && a.gzip === b.gzip;
}

/** As many from the front as fit into one request. */
function fitting(rows: readonly EventRow[], most: number): readonly EventRow[] {
  const encoder = new TextEncoder();
  let bytes = 0;
  for (const [at, row] of rows.entries()) {
    bytes += encoder.encode(row.bytes).length;
    if (bytes > most && at > 0) return rows.slice(0, at);
  }
  return rows;
}
