import type { Instant } from '../../loyalty/basics.ts';
import type { ProfilePatch } from '../../protocol/documents.ts';
import type { Event } from '../../protocol/event.ts';
import type { Covered } from '../store/cacheDb.ts';
import type { Acknowledged, EventRow, LedgerDb, PatchRow, RunStart } from '../store/ledgerDb.ts';
import { covers } from './covered.ts';
import { readOwn } from './readOwn.ts';
import { OwnEntries, pushTo, type OwnEntry } from './ownEntries.ts';

/** What the next row must build on. */
export interface Head {
  readonly n: number;
  readonly run: string;
  readonly seq: number;
  readonly hash: string;
  readonly patchN: number;
  readonly pseq: number;
}

export interface Unsent {
  readonly events: number;
  readonly patches: number;
  readonly oldestAt: Instant | null;
}

/** How long own events stay in memory after the canonical states include them: policies look back 24 hours. */
const RECENT_MS = 48 * 3600 * 1000;
const RECENT_ROWS = 3000;
const NOTHING: Acknowledged = { events: {}, patches: {}, durable: {} };

/**
 * The own ledger in memory: the head, the events that the canonical states do not include yet, and those of the last two
 * days. The database stays the truth; this is filled from it and follows it.
 */
export class OwnLedger {
  readonly #db: LedgerDb;
  readonly #now: () => Instant;
  /** In memory: what the canonical states do not include yet, and the last two days. */
  readonly entries = new OwnEntries();
  readonly #patches = new Map<string, PatchRow[]>();
  #head: Head | null = null;
  #runs: readonly RunStart[] = [];
  #acknowledged: Acknowledged = NOTHING;
  #covered: Covered = { through: 0, holes: [] };
  #patchesCovered: Readonly<Record<string, number>> = {};
  #latestUnsentAt: Instant | null = null;

  constructor(db: LedgerDb, now: () => Instant) {
    this.#db = db;
    this.#now = now;
  }

  get head(): Head | null {
    return this.#head;
  }

  get runs(): readonly RunStart[] {
    return this.#runs;
  }

  get acknowledged(): Acknowledged {
    return this.#acknowledged;
  }

  get covered(): Covered {
    return this.#covered;
  }

  /** Reads everything again, for states that include `covered` and `patchesCovered`. */
  async load(covered: Covered, patchesCovered: Readonly<Record<string, number>>): Promise<void> {
    this.#covered = covered;
    this.#patchesCovered = patchesCovered;
    const since = this.#now() - RECENT_MS;
    await this.#db.transaction('r', this.#db.events, this.#db.patches, this.#db.meta, async () => {
      await this.#readMeta();
      const after = await this.#db.events.where('n').above(covered.through).toArray();
      const holes = await this.#db.events.bulkGet([...covered.holes]);
      const before = await this.#db.events
        .where('n')
        .between(covered.through - RECENT_ROWS, covered.through, false, true)
        .toArray();
      const last = await this.#db.events.orderBy('n').last();
      const patches = await this.#db.patches.toArray();
      this.#forget();
      if (last !== undefined) this.#moveHead(last);
      const recent = before.filter((row) => row.at >= since && !covered.holes.includes(row.n));
      const rows = [...recent, ...holes.filter((row) => row !== undefined), ...after];
      rows.sort((a, b) => a.n - b.n);
      this.#take(rows);
      this.#takePatches(patches);
    });
  }

  /** Takes what another tab (or a lost connection's own last try) has stored after the head. */
  async catchUp(): Promise<readonly OwnEntry[]> {
    const from = this.#head;
    if (from === null) return [];
    return this.#db.transaction('r', this.#db.events, this.#db.patches, this.#db.meta, async () => {
      await this.#readMeta();
      const rows = await this.#db.events.where('n').above(from.n).toArray();
      const patches = await this.#db.patches.where('n').above(from.patchN).toArray();
      // Events first: one of them may begin the run that the patches count in.
      const taken = this.#take(rows);
      this.#takePatches(patches);
      return taken;
    });
  }

  /** Takes rows that were just stored by this tab. */
  stored(rows: readonly EventRow[], events: readonly Event[], patches: readonly PatchRow[]): readonly OwnEntry[] {
    const taken = rows.map((row, at) => this.#add(row, events[at]));
    this.#takePatches(patches);
    return taken.filter((entry) => entry !== null);
  }

  /** Events of these members that states which cover so much do not include, oldest first. */
  pendingOf(names: readonly string[], covered: Covered): readonly OwnEntry[] {
    return this.entries.of(names).filter((entry) => !covers(covered, entry.n));
  }

  /** Members with profile changes that their profiles do not include. */
  membersPatched(): readonly string[] {
    return [...this.#patches.keys()].filter((member) => this.patchesOf(member).length > 0);
  }

  /** Profile patches of a member that its profile does not include, oldest first. */
  patchesOf(member: string): readonly ProfilePatch[] {
    return (this.#patches.get(member) ?? [])
      .filter((row) => row.pseq > (this.#patchesCovered[row.run] ?? 0))
      .map((row) => row.patch);
  }

  /** Patches of a run behind a pseq, in order. */
  patchesAfter(run: string, pseq: number): readonly PatchRow[] {
    return [...this.#patches.values()]
      .flat()
      .filter((row) => row.run === run && row.pseq > pseq)
      .sort((a, b) => a.pseq - b.pseq);
  }

  get covers(): (n: number) => boolean {
    return (n) => covers(this.#covered, n);
  }

  /** The canonical states now include this much. */
  nowCovered(covered: Covered, patchesCovered: Readonly<Record<string, number>>): void {
    this.#covered = covered;
    this.#patchesCovered = patchesCovered;
    this.#dropOld(new Set(covered.holes));
  }

  nowAcknowledged(acknowledged: Acknowledged): void {
    this.#acknowledged = acknowledged;
    this.#latestUnsentAt = null;
    for (const entry of this.entries.all()) {
      if (this.isUnsent(entry)) this.#latestUnsentAt = Math.max(this.#latestUnsentAt ?? 0, entry.at);
    }
  }

  /** The last seq of a run, 0 where it has none. */
  lastSeqOf(run: string): number {
    const at = this.#runs.findIndex((each) => each.run === run);
    const start = this.#runs[at];
    if (start === undefined || this.#head === null) return 0;
    return (this.#runs[at + 1]?.base ?? this.#head.n + 1) - 1 - start.base;
  }

  /** Whether the server has not confirmed this one yet. */
  isUnsent({ run, seq }: OwnEntry): boolean {
    return seq > (this.#acknowledged.events[run] ?? 0);
  }

  /** The latest time at which something unsent was recorded; `null` where all is sent. */
  latestUnsentAt(): Instant | null {
    return this.#latestUnsentAt;
  }

  /** By run, the latest ones: the last seq recorded, sent or not. */
  recorded(most: number): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#runs.slice(-most).map(({ run }) => [run, this.lastSeqOf(run)]));
  }

  /** Row number of an own event, or `null` where the run is none of ours. */
  rowOf(run: string, seq: number): number | null {
    const start = this.#runs.find((each) => each.run === run);
    return start === undefined || seq < 1 || seq > this.lastSeqOf(run) ? null : start.base + seq;
  }

  unsent(): Unsent {
    let events = 0;
    let patches = 0;
    let oldestAt: Instant | null = null;
    for (const run of this.#runs) {
      const through = this.#acknowledged.events[run.run] ?? 0;
      const left = this.lastSeqOf(run.run) - through;
      if (left <= 0) continue;
      events += left;
      oldestAt ??= this.entries.get(run.base + through + 1)?.at ?? null;
    }
    for (const list of this.#patches.values()) {
      for (const row of list) if (row.pseq > (this.#acknowledged.patches[row.run] ?? 0)) patches++;
    }
    return { events, patches, oldestAt };
  }

  async #readMeta(): Promise<void> {
    const [runs, acknowledged] = await this.#db.meta.bulkGet(['runs', 'acknowledged']);
    this.#runs = runs?.key === 'runs' ? runs.value : [];
    this.#acknowledged = acknowledged?.key === 'acknowledged' ? acknowledged.value : NOTHING;
  }

  #take(rows: readonly EventRow[]): readonly OwnEntry[] {
    return rows.map((row) => this.#add(row)).filter((entry) => entry !== null);
  }

  #add(row: EventRow, event?: Event): OwnEntry | null {
    this.#moveHead(row);
    if (row.seq === 0 || this.entries.has(row.n)) return null;
    const read = event ?? readOwn(row.bytes);
    if (read === null) return null;
    const { n, run, seq, hash, at, offline } = row;
    const entry: OwnEntry = { n, run, seq, hash, at, offline, event: read };
    this.entries.add(entry);
    if (this.isUnsent(entry)) this.#latestUnsentAt = Math.max(this.#latestUnsentAt ?? 0, at);
    return entry;
  }

  #takePatches(rows: readonly PatchRow[]): void {
    for (const row of rows) {
      const { n, run, pseq, patch } = row;
      // Taken already: two readings of what another tab has stored may overlap.
      if (this.#head === null || n <= this.#head.patchN) continue;
      pushTo(this.#patches, patch.member, row);
      this.#head = { ...this.#head, patchN: n, pseq: run === this.#head.run ? pseq : this.#head.pseq };
    }
  }

  #moveHead(row: EventRow): void {
    if (this.#head !== null && row.n <= this.#head.n) return;
    const { n, run, seq, hash } = row;
    const pseq = this.#head?.run === run ? this.#head.pseq : 0;
    this.#head = { n, run, seq, hash, patchN: this.#head?.patchN ?? 0, pseq };
  }

  #dropOld(holes: ReadonlySet<number>): void {
    const since = this.#now() - RECENT_MS;
    this.entries.drop(
      (entry) => entry.n > this.#covered.through || entry.at >= since,
      (entry) => holes.has(entry.n),
    );
  }

  #forget(): void {
    this.entries.clear();
    this.#patches.clear();
    this.#latestUnsentAt = null;
    this.#head = null;
  }
}
