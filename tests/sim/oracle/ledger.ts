import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import { addBooked, balancesOf, type Balances, difference } from './balances.ts';
import { Acts, type AnyFact } from './acts.ts';
import { EARLY } from '../shops.ts';
import { must } from './violation.ts';

/** One admitted event, as the oracle remembers it. */
export interface Entry {
  readonly gseq: number;
  readonly id: string;
  readonly device: string;
  readonly run: string;
  readonly seq: number;
  readonly hash: string;
  readonly chain: string;
  readonly bytes: string;
  readonly member: string | null;
  readonly day: string;
  readonly received_at: number;
  readonly booked: string;
}

/** What an event's bytes say, as far as the oracle asks. */
export interface ReadFact {
  readonly id: string;
  readonly business: string;
  readonly device: string;
  readonly run: string;
  readonly seq: number;
  readonly fact: AnyFact;
}

const statements = new WeakMap<Database.Database, Map<string, Database.Statement>>();

/** A prepared statement; the same questions come after every step. */
function ask(sqlite: Database.Database, text: string): Database.Statement {
  const known = statements.get(sqlite) ?? new Map<string, Database.Statement>();
  statements.set(sqlite, known);
  const statement = known.get(text) ?? sqlite.prepare(text);
  known.set(text, statement);
  return statement;
}

const ZERO = '0'.repeat(64);

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * One business's ledger as the oracle has seen it grow. Each look takes what is new, holds it against the invariants, and
 * remembers it, so that nothing can change behind its back.
 */
export class LedgerMirror {
  readonly business: string;
  entries: Entry[] = [];
  ids = new Set<string>();
  balances: Balances = new Map();
  quarantined = new Set<string>();
  /** No till is a copy of another one, and no server forgot what it had granted. */
  limitsHold = true;
  /** Members that were ever joined with another one. */
  readonly aliases = new Set<string>();
  /** Everything that was ever admitted, in whatever life of the server. */
  readonly ever = new Set<string>();
  #acts = new Acts();
  readonly #admitted: (entry: Entry, chainBefore: string) => void;

  constructor(business: string, admitted: (entry: Entry, chainBefore: string) => void) {
    this.business = business;
    this.#admitted = admitted;
  }

  /** Takes what has come since the last look. */
  look(sqlite: Database.Database): void {
    const from = this.entries.length;
    const head = ask(sqlite, 'select head, chain from businesses where business = ?').get(this.business) as
      { head: number; chain: string } | undefined;
    if (head === undefined) return;
    if (head.head !== from) {
      const rows = ask(
        sqlite,
        'select gseq, id, device, run, seq, hash, chain, bytes, member, day, received_at, booked from events where business = ? and gseq > ? order by gseq',
      ).all(this.business, from) as Entry[];
      const touched = new Set<string>();
      for (const row of rows) {
        this.#take(row);
        if (row.member !== null) touched.add(row.member);
      }
      this.#checkMembers(sqlite, touched);
      this.#checkStreams(sqlite);
      this.#checkExceptions(sqlite);
    }
    const chain = this.entries.at(-1)?.chain ?? ZERO;
    must(head.head === this.entries.length && head.chain === chain, 'chain', () => {
      return `${this.business}: the head says ${head.head}, the ledger has ${this.entries.length}`;
    });
    this.#lookAtQuarantine(sqlite);
  }

  /** All of it once more: nothing that was stored may be other than it was. */
  lookAgain(sqlite: Database.Database): void {
    const rows = ask(
      sqlite,
      'select gseq, id, device, run, seq, hash, chain, bytes, member, day, received_at, booked from events where business = ? order by gseq',
    ).all(this.business) as Entry[];
    must(rows.length === this.entries.length, 'immutable', () => `${this.business}: ${rows.length} events`);
    for (const [at, row] of rows.entries()) {
      must(JSON.stringify(row) === JSON.stringify(this.entries[at]), 'immutable', () => {
        return `${this.business}: event ${row.gseq} is not what it was`;
      });
    }
    this.#checkMembers(sqlite, new Set(this.balances.keys()));
  }

  /** A picture to come back to when a server is restored. */
  copy(): () => void {
    const [length, quarantined] = [this.entries.length, [...this.quarantined]];
    const entries = this.entries.slice(0, length);
    return () => {
      this.entries = [...entries];
      this.ids = new Set(entries.map(({ id }) => id));
      this.quarantined = new Set(quarantined);
      this.balances = new Map();
      this.#acts = new Acts();
      for (const { id, member, bytes, booked } of entries) {
        const effects = parse(booked);
        this.#acts.take(id, (JSON.parse(bytes) as ReadFact).fact, member, effects);
        if (member !== null) addBooked(this.balances, member, effects);
      }
    };
  }

  get hasDoubles(): boolean {
    return this.#acts.doubles.size > 0;
  }

  get hasShares(): boolean {
    return this.#acts.given.size > 0;
  }

  #take(row: Entry): void {
    const at = this.entries.length + 1;
    const before = this.entries.at(-1)?.chain ?? ZERO;
    must(row.gseq === at, 'no hole', () => `${this.business}: gseq ${row.gseq} where ${at} comes`);
    must(row.hash === sha256(row.bytes), 'chain', () => `${this.business}: the bytes of ${row.gseq} have another hash`);
    must(row.chain === sha256(before + row.hash), 'chain', () => `${this.business}: the chain breaks at ${row.gseq}`);
    const event = JSON.parse(row.bytes) as ReadFact;
    must(
      event.business === this.business && event.device === row.device && event.id === row.id,
      'tenants apart',
      () => {
        return `${this.business}: event ${row.gseq} is of ${event.business}`;
      },
    );
    must(!this.ids.has(row.id), 'nothing doubled', () => `${this.business}: ${row.id} is admitted twice`);
    this.ids.add(row.id);
    this.ever.add(row.id);
    this.entries.push(row);
    this.#admitted(row, before);
    const booked = parse(row.booked);
    // A shop's day ends some hours after the calendar's, nowhere a day later.
    const latest = new Date(row.received_at + 86_400_000).toISOString().slice(0, 10);
    must(row.day <= latest, 'days', () => `${this.business}: event ${row.gseq} counts on ${row.day}`);
    this.#acts.take(event.id, event.fact, row.member, booked);
    for (const effect of booked) if (effect.kind === 'alias' && effect.other) this.aliases.add(effect.other);
    if (row.member !== null) addBooked(this.balances, row.member, booked);
  }

  #checkMembers(sqlite: Database.Database, touched: ReadonlySet<string>): void {
    for (const member of touched) {
      const row = ask(sqlite, 'select state from members where business = ? and member = ?').get(
        this.business,
        member,
      ) as { state: string } | undefined;
      const stored = row === undefined ? new Map<string, number>() : balancesOf(JSON.parse(row.state));
      const differs = difference(stored, this.balances.get(member) ?? new Map());
      must(differs === '', 'balances', () => `${this.business}: ${member} has, stored and added up, ${differs}`);
    }
  }

  /** Of every run: 1, 2, 3 ... each number once, be it in the ledger or in quarantine. */
  #checkStreams(sqlite: Database.Database): void {
    const streams = ask(
      sqlite,
      'select device, run, fork_of, stored_through, stored_hash from streams where business = ?',
    ).all(this.business) as { device: string; run: string; fork_of: string | null; stored_through: number }[];
    const numbers = ask(
      sqlite,
      `select device, run, seq from events where business = ? union all select device, run, seq from quarantine where business = ? order by 1, 2, 3`,
    ).all(this.business, this.business) as { device: string; run: string; seq: number }[];
    const byRun = new Map<string, number[]>();
    for (const { device, run, seq } of numbers) {
      const key = `${device} ${run}`;
      byRun.set(key, [...(byRun.get(key) ?? []), seq]);
    }
    for (const { device, run, fork_of: forkOf, stored_through: through } of streams) {
      const seqs = byRun.get(`${device} ${run}`) ?? [];
      byRun.delete(`${device} ${run}`);
      const first = forkOf === null ? 1 : (seqs[0] ?? 1);
      const whole = seqs.every((seq, at) => seq === first + at) && (seqs.at(-1) ?? 0) === (seqs.length ? through : 0);
      must(whole, 'no hole', () => `${this.business}: run ${run} of ${device} has ${seqs.join()}, through ${through}`);
    }
    must(byRun.size === 0, 'no hole', () => `${this.business}: no stream for ${[...byRun.keys()].join()}`);
  }

  /** Each double redemption is one exception, and there is none without a double redemption. */
  #checkExceptions(sqlite: Database.Database): void {
    for (const [pool, n] of this.#acts.given) {
      if (!this.limitsHold || !pool.startsWith(EARLY.pool)) continue;
      must(n <= EARLY.n, 'limits', () => `${this.business}: ${pool} was given ${n} times`);
    }
    const rows = ask(
      sqlite,
      "select id from documents where business = ? and kind = 'exception' and id like 'doubleRedemption/%'",
    ).all(this.business) as { id: string }[];
    const told = new Set(rows.map(({ id }) => id.slice('doubleRedemption/'.length)));
    for (const event of this.#acts.doubles) {
      must(told.has(event), 'exceptions', () => `${this.business}: ${event} gave away what was given, and is none`);
      told.delete(event);
    }
    must(told.size === 0, 'exceptions', () => `${this.business}: ${[...told].join()} are exceptions without a cause`);
  }

  #lookAtQuarantine(sqlite: Database.Database): void {
    const rows = ask(sqlite, 'select bytes from quarantine where business = ?').all(this.business) as {
      bytes: string;
    }[];
    this.quarantined = new Set(rows.map(({ bytes }) => bytes));
  }
}

function parse(booked: string): Parameters<typeof addBooked>[2] {
  return JSON.parse(booked) as Parameters<typeof addBooked>[2];
}
