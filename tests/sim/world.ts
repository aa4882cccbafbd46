import { createHash } from 'node:crypto';
import { uuidV7 } from '../../src/protocol/ids.ts';
import { createPairingCode } from '../../src/server/usecases/pair.ts';
import { recordServerEvents } from '../../src/server/usecases/recordServerEvents.ts';
import type { Deps } from '../../src/server/deps.ts';
import type { Counter, Counters } from './counters.ts';
import { Network } from './network.ts';
import { Oracle } from './oracle/oracle.ts';
import type { Plan } from './plan.ts';
import { rngOf, type Rng } from './rng.ts';
import { Servers } from './server.ts';
import { BUSINESSES, LOCATIONS } from './shops.ts';
import { Tablet } from './tablet.ts';
import { time } from './virtualTime.ts';

/** A customer, by the names under which tills may meet them. */
export interface Person {
  readonly business: string;
  /** The member's id; `null` for somebody whose card no server has seen. */
  readonly member: string | null;
  readonly card: string | null;
}

/** A database to come back to, and what the oracle knew of it. */
interface Backup {
  readonly bytes: Buffer;
  readonly back: readonly (() => void)[];
}

/** Everything of one run. */
export class World {
  readonly plan: Plan;
  readonly rng: Rng;
  readonly servers: Servers;
  readonly network: Network;
  readonly oracle: Oracle;
  readonly tablets: Tablet[] = [];
  readonly people: Person[] = [];
  readonly counters: Counters;
  /** What happened, line by line. */
  readonly story: string[] = [];
  readonly offline = new Set<Tablet>();
  /** Acts that carry a mark of their own, so far. */
  marks = 0;
  readonly merged = new Set<string>();
  readonly erased = new Set<string>();
  readonly backups: Backup[] = [];
  #epochs = 0;
  readonly #hash = createHash('sha256');
  readonly #keepsStory: boolean;
  /** Nothing goes wrong any more. */
  healed = false;
  /** A violation that was found while nobody waited. */
  fault: unknown = null;

  constructor(seed: number, plan: Plan, bytes: Buffer, counters: Counters, keepsStory: boolean) {
    this.plan = plan;
    this.counters = counters;
    this.#keepsStory = keepsStory;
    this.rng = rngOf(seed, 'world');
    this.servers = new Servers(bytes, this.rng.fork('servers'), plan.latency, (process, moment) => {
      this.tell(`${process.name} dies at a ${moment}`);
      this.count(moment === 'committed' ? 'server died between commit and answer' : 'server died in a transaction');
    });
    for (let n = 0; n < plan.processes; n++) this.servers.start();
    this.oracle = new Oracle(BUSINESSES, () => this.servers.database.sqlite);
    this.network = new Network(this.rng.fork('network'), plan.rates, {
      server: () => this.servers.any(this.rng),
      reachable: (page) => this.healed || !this.offline.has(page.tablet),
      isRevoked: ({ page }) => this.isRevoked(page.tablet),
      answered: (request, answer, wasRevoked) =>
        this.watch(() => {
          this.#mix(`${request.path} ${answer.status} ${answer.text}`);
          this.oracle.answered(request, answer, wasRevoked);
          this.oracle.look();
        }),
      happened: (what, request) => {
        this.tell(`${request.page.name} ${String(request.init.method)} ${request.path.slice(0, 60)}: ${what}`);
        this.count(what);
      },
    });
  }

  /** Runs a check; what it finds ends the run, whoever was asking. */
  watch(check: () => void): void {
    if (this.fault !== null) return;
    try {
      check();
    } catch (error) {
      this.fault = error;
    }
  }

  tell(line: string): void {
    const text = `${new Date(time.now).toISOString().slice(5, 23)} ${line}`;
    this.#hash.update(text);
    if (this.#keepsStory) this.story.push(text);
  }

  count(what: Counter): void {
    this.counters[what] = (this.counters[what] ?? 0) + 1;
  }

  #mix(text: string): void {
    this.#hash.update(text);
  }

  /** The hash of all that happened, down to the bytes of every answer and of the server's database. */
  trace(): string {
    const { sqlite } = this.servers.database;
    for (const table of ['events', 'quarantine', 'members', 'documents', 'streams']) {
      this.#mix(JSON.stringify(sqlite.prepare(`select * from ${table} order by 1, 2, 3, 4`).all()));
    }
    return this.#hash.digest('hex');
  }

  /** Lets everything go: thousands of worlds live in one process, and libraries keep lists of what is open. */
  async end(): Promise<void> {
    for (const tablet of this.tablets) {
      for (const page of tablet.pages) {
        page.crash();
        await page.till.close();
      }
    }
    this.servers.end();
  }

  isRevoked(tablet: Tablet): boolean {
    const rows = this.servers.database.sqlite
      .prepare('select revoked_at from devices where business = ? and device = ?')
      .all(tablet.business, tablet.device ?? '') as { revoked_at: number | null }[];
    return rows.some((row) => row.revoked_at !== null);
  }

  addTablet(business: string): Tablet {
    const n = this.tablets.length;
    const tablet = new Tablet(`till-${n + 1}`, business, this.rng.pick(LOCATIONS), this.rng.fork(`till-${n + 1}`), {
      fetch: (page, path, init) => this.network.send(page, path, init),
      storeFault: (page, fault, point) => {
        this.tell(`${page.name}: ${fault} ${point} a write`);
        this.count(`${fault} ${point}`);
      },
      losesWord: () => !this.healed && this.rng.chance(this.plan.rates.wordLost),
    });
    this.tablets.push(tablet);
    this.oracle.storageOf(tablet);
    return tablet;
  }

  /** A new one-time code of the office. */
  async codeFor(tablet: Tablet): Promise<string | null> {
    const options = { deviceName: `${tablet.name} of ${tablet.business}`, location: tablet.location };
    let code: string | null = null;
    await this.office(`${tablet.business}: a code for ${tablet.name}`, async (deps) => {
      code = (await createPairingCode(deps, tablet.business, options)).code;
    });
    return code;
  }

  /** Something that the office or the server itself does; the process may die over it. */
  async office(what: string, run: (deps: Deps) => Promise<unknown>): Promise<void> {
    const process = this.servers.any(this.rng);
    this.tell(what);
    try {
      await run(process.deps);
    } catch (error) {
      if (process.alive) throw error;
      this.tell(`${process.name} is gone before it was done: ${what}`);
    }
  }

  now(): number {
    return time.now;
  }

  /** Whether the ledger knows a member by something that was booked. */
  isBooked(business: string, member: string): boolean {
    return this.oracle.ledgers.get(business)?.balances.has(member) ?? false;
  }

  /** Copies the database as it is; `false` where a transaction is open at this moment. */
  backup(isElsewhere: boolean): boolean {
    const { database } = this.servers;
    if (database.sqlite.inTransaction) return false;
    this.watch(() => this.oracle.look());
    // As a backup that is kept elsewhere is noted: what it holds outlives the server.
    if (isElsewhere) database.sqlite.exec('update streams set durable_through = stored_through where fork_of is null');
    const bytes = database.copy();
    if (bytes === null) return false;
    if (isElsewhere) this.backups.length = 0;
    this.backups.push({ bytes, back: [...this.oracle.ledgers.values()].map((ledger) => ledger.copy()) });
    return true;
  }

  /**
   * The server goes on from some backup.
   * @param isProper as `npm run restore` does it, with a new epoch; else somebody just copied the file back
   */
  restore(isProper: boolean): void {
    const { servers } = this;
    const found = this.backups[this.rng.below(this.backups.length)];
    if (found === undefined || servers.database.sqlite.inTransaction) return;
    this.watch(() => {
      this.oracle.serverGoes(found.back, () => {
        servers.replace(found.bytes, this.plan.processes);
        const { sqlite } = servers.database;
        if (!isProper) return;
        sqlite.prepare("update server_meta set value = ? where key = 'epoch'").run(`epoch-${(this.#epochs += 1)}`);
        sqlite.exec('update streams set durable_through = stored_through where fork_of is null');
      });
    });
    // What was made after this backup is of a life that never was.
    this.backups.length = this.backups.indexOf(found) + 1;
    // Who was erased since this backup is in it again, until the office erases them once more.
    this.erased.clear();
    if (!isProper) this.oracle.limitsEnd();
    this.tell(isProper ? 'the server is restored' : 'an old database file is copied back, without a new epoch');
    this.count(isProper ? 'server restored' : 'server restored without a new epoch');
  }

  /** Somebody joins on the phone. */
  async join(business: string): Promise<Person> {
    const card = Buffer.from(this.rng.bytes(16)).toString('hex');
    const member = uuidV7(time.now, this.rng.bytes(10));
    await this.office(`${business}: ${member.slice(-6)} joins`, (deps) =>
      recordServerEvents(deps, business, [
        { member, staff: null, fact: { kind: 'enrolled', via: 'card' } },
        { member, staff: null, fact: { kind: 'credentialIssued', credential: card, credentialKind: 'static' } },
      ]),
    );
    const person = { business, member, card };
    this.people.push(person);
    return person;
  }

  /** Somebody with a genuine card that no server has met. */
  stranger(business: string): Person {
    const person = { business, member: null, card: Buffer.from(this.rng.bytes(16)).toString('hex') };
    this.people.push(person);
    return person;
  }
}
