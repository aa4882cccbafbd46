import type { Kysely } from 'kysely';
import { apply } from '../../src/loyalty/apply.ts';
import type { Effect } from '../../src/loyalty/effects.ts';
import { emptyState } from '../../src/loyalty/emptyState.ts';
import type { MemberState } from '../../src/loyalty/state.ts';
import { canonical } from '../../src/protocol/canonical.ts';
import { ZERO_HASH } from '../../src/protocol/hash.ts';
import { serverHash } from '../../src/server/ledger/serverHash.ts';
import type { EventRow, StreamRow } from '../../src/server/store/tables/ledgerTables.ts';
import type { Schema } from '../../src/server/store/schema.ts';
import { type DriverRecord, emptyRecord, readJournal } from './load/journal.ts';
import type { PairedTill } from './load/shops.ts';

/** A business as far as the audit has followed its ledger. */
interface Followed {
  gseq: number;
  chain: string;
  readonly states: Map<string, MemberState>;
  readonly ids: Set<string>;
  /** Per device: through which seq, and the hash there. */
  readonly streams: Map<string, { seq: number; hash: string }>;
}

type Row = Pick<EventRow, 'gseq' | 'id' | 'device' | 'run' | 'seq' | 'hash' | 'chain' | 'bytes' | 'member' | 'booked'>;

/** Rows that are read at once. */
const PAGE = 2000;

/** More than this says nothing new. */
const MOST_PROBLEMS = 20;

/**
 * Compares a server's database with what the drivers wrote down. It is written apart from the code that it judges, but for
 * `apply` (what a balance is) and the hash. To be called while drivers are held and the server is idle or down; remembers
 * how far it came, so that each call reads only what is new, plus the counts that tell whether something old is gone.
 */
export class Audit {
  readonly #tills: readonly PairedTill[];
  readonly #folder: string;
  readonly #records = new Map<string, DriverRecord>();
  readonly #followed = new Map<string, Followed>();

  constructor(tills: readonly PairedTill[], folder: string) {
    this.#tills = tills;
    this.#folder = folder;
    for (const { device } of tills) this.#records.set(device, emptyRecord());
  }

  /** Events that drivers were told are stored. */
  get acknowledged(): number {
    return [...this.#records.values()].reduce((sum, record) => sum + record.acknowledged.length, 0);
  }

  /** Events that were on their way at the last call: sent, and never answered. */
  get inFlight(): number {
    return [...this.#records.values()].reduce(
      (sum, { sent, acknowledged }) => sum + sent.length - acknowledged.length,
      0,
    );
  }

  /** Everything that is wrong, as sentences; `fully` reads the whole ledger from its first event. */
  async check(db: Kysely<Schema>, { fully = false } = {}): Promise<readonly string[]> {
    if (fully) this.#followed.clear();
    for (const [device, record] of this.#records) readJournal(this.#folder, device, record);
    const problems: string[] = [];
    const wrong = (what: string) => {
      if (problems.length < MOST_PROBLEMS) problems.push(what);
    };
    for (const { device } of this.#tills)
      for (const odd of this.#record(device).odd.splice(0)) wrong(`${device}: ${odd}`);
    for (const business of new Set(this.#tills.map((till) => till.business))) {
      const touched = await this.#follow(db, business, wrong);
      await this.#counts(db, business, wrong);
      await this.#balances(db, business, touched, wrong);
    }
    for (const till of this.#tills) this.#prefix(till, wrong);
    return problems;
  }

  #record(device: string): DriverRecord {
    return this.#records.get(device) ?? emptyRecord();
  }

  #of(business: string): Followed {
    const known = this.#followed.get(business);
    if (known) return known;
    const made = { gseq: 0, chain: ZERO_HASH, states: new Map(), ids: new Set<string>(), streams: new Map() };
    this.#followed.set(business, made);
    return made;
  }

  /** Reads what follows: order, chain, hashes, ids, who sent it; folds what was booked. Gives the members concerned. */
  async #follow(db: Kysely<Schema>, business: string, wrong: (what: string) => void): Promise<Set<string>> {
    const followed = this.#of(business);
    const touched = new Set<string>();
    for (;;) {
      const rows: Row[] = await db
        .selectFrom('events')
        .select(['gseq', 'id', 'device', 'run', 'seq', 'hash', 'chain', 'bytes', 'member', 'booked'])
        .where('business', '=', business)
        .where('gseq', '>', followed.gseq)
        .orderBy('gseq')
        .limit(PAGE)
        .execute();
      for (const row of rows) {
        this.#event(followed, business, { ...row, gseq: Number(row.gseq), seq: Number(row.seq) }, wrong);
        if (row.member === null) continue;
        touched.add(row.member);
        const effects = JSON.parse(row.booked) as readonly Effect[];
        followed.states.set(row.member, apply(followed.states.get(row.member) ?? emptyState(), effects));
      }
      if (rows.length < PAGE) return touched;
    }
  }

  #event(followed: Followed, business: string, row: Row, wrong: (what: string) => void): void {
    const at = `${business} ${row.gseq}`;
    if (row.gseq !== followed.gseq + 1) wrong(`${at}: follows ${followed.gseq}, so the ledger has a hole`);
    if (serverHash(row.bytes) !== row.hash) wrong(`${at}: the bytes do not fit their hash`);
    if (serverHash(followed.chain + row.hash) !== row.chain) wrong(`${at}: the chain is broken`);
    followed.gseq = row.gseq;
    followed.chain = row.chain;
    if (followed.ids.has(row.id)) wrong(`${at}: event ${row.id} is there twice`);
    followed.ids.add(row.id);
    const till = this.#tills.find(({ device }) => device === row.device);
    // The server writes events of its own, which nobody was told of.
    if (till === undefined) return;
    if (till.business !== business) wrong(`${at}: is of a till of ${till.business}`);
    if (till.run !== row.run) wrong(`${at}: stands in ${row.run}, sent in ${till.run}`);
    const before = followed.streams.get(row.device)?.seq ?? 0;
    if (row.seq !== before + 1) wrong(`${at}: seq ${row.seq} of ${row.device} follows ${before}`);
    followed.streams.set(row.device, { seq: row.seq, hash: row.hash });
    if (this.#record(row.device).sent[row.seq - 1] !== row.hash) wrong(`${at}: was never sent as it stands there`);
  }

  /** The head, the number of rows, and how far the server believes that each till has come. */
  async #counts(db: Kysely<Schema>, business: string, wrong: (what: string) => void): Promise<void> {
    const followed = this.#of(business);
    const head = await db.selectFrom('businesses').selectAll().where('business', '=', business).executeTakeFirst();
    if (Number(head?.head) !== followed.gseq)
      wrong(`${business}: the head is ${head?.head}, the last event ${followed.gseq}`);
    if (head?.chain !== followed.chain) wrong(`${business}: the head's chain is not the last event's`);
    const count = async (table: 'events' | 'quarantine') =>
      Number(
        (
          await db
            .selectFrom(table)
            .select((eb) => eb.fn.countAll<number>().as('n'))
            .where('business', '=', business)
            .executeTakeFirstOrThrow()
        ).n,
      );
    const events = await count('events');
    if (events !== followed.gseq) wrong(`${business}: ${events} events, but the last one is number ${followed.gseq}`);
    const held = await count('quarantine');
    if (held > 0) wrong(`${business}: ${held} events in quarantine`);
    const streams: StreamRow[] = await db.selectFrom('streams').selectAll().where('business', '=', business).execute();
    for (const { device, run, stored_through, stored_hash } of streams) {
      const till = this.#tills.find((one) => one.device === device);
      if (till === undefined) continue;
      const stream = followed.streams.get(device);
      if (run !== till.run) wrong(`${business}: ${device} has a branch ${run}`);
      else if (Number(stored_through) !== (stream?.seq ?? 0))
        wrong(`${device}: stored through ${stored_through}, has ${stream?.seq}`);
      else if (stream && stored_hash !== stream.hash) wrong(`${device}: the hash at ${stored_through} is another`);
    }
  }

  /** The stored states of these members against the fold. */
  async #balances(
    db: Kysely<Schema>,
    business: string,
    touched: ReadonlySet<string>,
    wrong: (what: string) => void,
  ): Promise<void> {
    const { states } = this.#of(business);
    const members = [...touched];
    for (let at = 0; at < members.length; at += 200) {
      const wanted = members.slice(at, at + 200);
      const rows = await db
        .selectFrom('members')
        .select(['member', 'state'])
        .where('business', '=', business)
        .where('member', 'in', wanted)
        .execute();
      const stored = new Map(rows.map((row) => [row.member, row.state]));
      for (const member of wanted) {
        const folded = canonical(states.get(member) ?? emptyState());
        const has = stored.get(member);
        if (has === undefined || canonical(JSON.parse(has)) !== folded)
          wrong(`${business}: the balance of ${member} is not its fold`);
      }
    }
  }

  /** What is stored of a till ends with what was acknowledged, or with the batch that was on its way then. */
  #prefix({ business, device }: PairedTill, wrong: (what: string) => void): void {
    const stored = this.#of(business).streams.get(device)?.seq ?? 0;
    const { sent, acknowledged, batchEnds } = this.#record(device);
    const told = acknowledged.length;
    const { ids } = this.#of(business);
    if (stored < told)
      wrong(`${device}: ${told - stored} acknowledged events are lost (${told} acknowledged, ${stored} stored)`);
    if (stored > sent.length) wrong(`${device}: ${stored} stored, ${sent.length} sent`);
    if (stored !== 0 && !batchEnds.has(stored)) wrong(`${device}: a part of a push is stored (through ${stored})`);
    const lost = acknowledged.find(({ seq, id, hash }) => !ids.has(id) || sent[seq - 1] !== hash);
    if (lost) wrong(`${device}: acknowledged event ${lost.id} (seq ${lost.seq}) is not in the ledger`);
  }
}
