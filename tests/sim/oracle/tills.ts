import { addBooked, balancesOf, type Balances, difference } from './balances.ts';
import { type Entry, type LedgerMirror, sha256 } from './ledger.ts';
import { isQuiet, rowsOf } from './peek.ts';
import { must } from './violation.ts';
import type { Tablet } from '../tablet.ts';

interface OwnRow {
  readonly n: number;
  readonly run: string;
  readonly seq: number;
  readonly hash: string;
  readonly bytes: string;
}

interface Generation {
  readonly g: number;
  readonly pages: number;
  readonly cursor: { readonly epoch: string; readonly gseq: number; readonly chain: string };
}

interface HeldRecord {
  readonly member: string;
  readonly gseq: number;
  readonly state: Parameters<typeof balancesOf>[0];
}

/** What a tablet's storage has been seen to hold. */
export class StorageMirror {
  readonly tablet: Tablet;
  /** Own rows by number: hash of what was stored. */
  #rows = new Map<number, string>();
  /** Event ids in the own ledger now, by their bytes. */
  holds = new Map<string, string>();
  #cursor = '';

  constructor(tablet: Tablet) {
    this.tablet = tablet;
  }

  /** Rows whose bytes were damaged from outside. */
  readonly #damaged = new Set<string>();

  corrupted(n: number, hash: string): void {
    this.#damaged.add(`${n}/${hash}`);
  }

  /** It is a copy of another tablet's storage, with what was damaged there. */
  copied(from: StorageMirror): void {
    for (const row of from.#damaged) this.#damaged.add(row);
  }

  /** The storage is another one now (wiped, or a copy): nothing that was seen counts any more. */
  replaced(): void {
    this.#rows = new Map();
    this.holds = new Map();
    this.#cursor = '';
  }

  /** Own events: a row that was once stored stays what it was, in an unbroken row of numbers and hashes. */
  look(): void {
    const { factory } = this.tablet;
    if (!isQuiet(factory, 'till-ledger')) return;
    const rows = rowsOf(factory, 'till-ledger', 'events') as OwnRow[];
    if (rows.length === this.#rows.size && (rows.at(-1)?.n ?? 0) === Math.max(0, ...this.#rows.keys())) return;
    const seen = new Map<number, string>();
    const holds = new Map<string, string>();
    let before: OwnRow | null = null;
    for (const row of rows) {
      const { n, run, seq, hash, bytes } = row;
      const known = this.#rows.get(n);
      must(known === undefined || known === hash, 'immutable', () => `${this.tablet.name}: row ${n} has changed`);
      const follows =
        before === null || (n === before.n + 1 && (seq === 0 || (run === before.run && seq === before.seq + 1)));
      must(
        follows,
        'no hole',
        () => `${this.tablet.name}: row ${n} is ${run}/${seq} behind ${before?.run}/${before?.seq}`,
      );
      seen.set(n, hash);
      before = row;
      if (seq === 0) continue;
      if (this.#damaged.has(`${n}/${hash}`)) continue;
      must(hash === sha256(bytes), 'immutable', () => `${this.tablet.name}: row ${n} has other bytes than its hash`);
      const { id } = JSON.parse(bytes) as { id: string };
      must(!holds.has(id), 'nothing doubled', () => `${this.tablet.name} has recorded ${id} twice`);
      holds.set(id, bytes);
    }
    this.#rows = seen;
    this.holds = holds;
  }

  /** Where the canonical states in use stand. */
  cursorNow(): Generation['cursor'] | null {
    const meta = rowsOf(this.tablet.factory, 'till-cache', 'meta') as { key: string; value: Generation }[];
    return meta.find(({ key }) => key === 'current')?.value.cursor ?? null;
  }

  /** Whether the journal of all tills holds an event. */
  journals(event: string): boolean {
    return this.journaled().includes(event);
  }

  /** Ids of all events in the journal of all tills. */
  journaled(): readonly string[] {
    return (rowsOf(this.tablet.factory, 'till-cache', 'journal') as { id: string }[]).map(({ id }) => id);
  }

  /** Whether an event stands in the storage at this moment, even while something else is being written. */
  hasNow(event: string): boolean {
    const rows = rowsOf(this.tablet.factory, 'till-ledger', 'events') as OwnRow[];
    return rows.some(({ bytes }) => bytes.includes(event));
  }

  /** Canonical states: each member's is what the ledger says up to where it claims to be, never ahead of it and never behind. */
  lookAtStates(ledger: LedgerMirror, histories: Histories): void {
    const { factory, name } = this.tablet;
    if (!isQuiet(factory, 'till-cache')) return;
    const meta = rowsOf(factory, 'till-cache', 'meta') as { key: string; value: Generation }[];
    const current = meta.find(({ key }) => key === 'current')?.value;
    if (current === undefined) return;
    const { epoch, gseq, chain } = current.cursor;
    const cursor = `${current.g}/${epoch}/${gseq}/${chain}/${current.pages}`;
    if (cursor === this.#cursor) return;
    const path = histories.upTo(epoch, ledger.business, chain, gseq);
    must(path !== null, 'cursor and data', () => `${name}: nobody ever had a ledger that ends in ${gseq}/${chain}`);
    // Of a snapshot that is not the newest any more, members may be ahead of the cursor by events of its own time.
    const records = recordsOf(factory, current);
    const balances: Balances = new Map();
    for (const entry of path) if (entry.member !== null) addBooked(balances, entry.member, JSON.parse(entry.booked));
    const last = new Map<string, number>();
    for (const entry of path) if (entry.member !== null) last.set(entry.member, entry.gseq);
    for (const [member, record] of records) {
      // Who became an alias is in no snapshot any more; whoever asks for them is led to the other one.
      if (record.gseq > gseq || ledger.aliases.has(member)) continue;
      const differs = difference(balancesOf(record.state), balances.get(member) ?? new Map());
      must(
        differs === '',
        'cursor and data',
        () => `${name}: at ${gseq}, ${member} has, here and in the ledger, ${differs}`,
      );
    }
    if (current.pages > 0 || records.size > 0) {
      for (const [member, at] of last) {
        const held = records.get(member)?.gseq ?? 0;
        must(held >= at || ledger.aliases.has(member), 'cursor and data', () => {
          return `${name}: the cursor is at ${gseq}, and ${member} only at ${held} where ${at} is due`;
        });
      }
    }
    this.#cursor = cursor;
  }
}

function recordsOf(factory: IDBFactory, { g }: Generation): Map<string, HeldRecord> {
  const records = new Map<string, HeldRecord>();
  for (const row of rowsOf(factory, 'till-cache', 'pages') as { g: number; records: string[] }[]) {
    if (row.g !== g) continue;
    for (const text of row.records) {
      const record = JSON.parse(text) as HeldRecord;
      records.set(record.member, record);
    }
  }
  for (const row of rowsOf(factory, 'till-cache', 'changed') as { g: number; record: HeldRecord }[]) {
    if (row.g === g) records.set(row.record.member, row.record);
  }
  return records;
}

/** Every ledger that there ever was, by the chain hash in which it ended: a restored server begins another branch. */
export class Histories {
  readonly #before = new Map<string, { readonly entry: Entry; readonly chain: string }>();

  add(epoch: string, business: string, chain: string, entry: Entry): void {
    this.#before.set(`${epoch} ${business} ${entry.chain}`, { entry, chain });
  }

  /** The events that lead to a chain hash, oldest first; `null` where there was never such a ledger. */
  upTo(epoch: string, business: string, chain: string, gseq: number): readonly Entry[] | null {
    const path: Entry[] = [];
    for (let at = chain; path.length < gseq;) {
      const found = this.#before.get(`${epoch} ${business} ${at}`);
      if (found === undefined) return null;
      path.push(found.entry);
      at = found.chain;
    }
    return path.toReversed();
  }
}
