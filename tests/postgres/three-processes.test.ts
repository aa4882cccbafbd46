import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apply } from '../../src/loyalty/apply.ts';
import { emptyState } from '../../src/loyalty/emptyState.ts';
import type { MemberState } from '../../src/loyalty/state.ts';
import { OFFICE_HEADER } from '../../src/protocol/office/officeApi.ts';
import { chainHash, ZERO_HASH } from '../../src/protocol/hash.ts';
import { admittedOf } from '../../src/server/ledger/admittedOf.ts';
import { copyTestStore, reopenTestStore, TEMPLATE, type TestStore, urlOf } from '../../src/server/testing/testStore.ts';
import { createTestDeps, seededRandom } from '../../src/server/testing/testDeps.ts';
import { createTestShop, TEST_SHOP, testProgram } from '../../src/server/testing/testShop.ts';
import { createPairingCode } from '../../src/server/usecases/pair.ts';
import { SimTill } from '../sync/simTill.ts';
import type { TestServer } from '../sync/testServer.ts';
import { makeProcess, type ServerProcess } from './processes.ts';
import { type RoundRobin, startRoundRobin } from './roundRobin.ts';

const SEED = Number(process.env['SEED'] ?? 7);
const TILLS = 6;
const KILLS = 6;
const MEMBERS = ['nora', 'emil', 'lili', 'bence'];

let store: TestStore;
let servers: ServerProcess[];
let balancer: RoundRobin;
/** What tills talk to: the balancer. */
let front: TestServer;
const random = seededRandom(SEED);
const chance = () => (random(1)[0] ?? 0) / 256;

beforeAll(async () => {
  const name = await copyTestStore(TEMPLATE);
  store = reopenTestStore(name);
  await createTestShop({ db: store.db, clock: Date });
  const [app, owner] = [urlOf(name, 'regulars_app'), urlOf(name, 'regulars_owner')];
  servers = await Promise.all(Array.from({ length: 3 }, () => makeProcess(app, owner)));
  // All at once, each with the tables to check and the epoch to make.
  await Promise.all(servers.map((server) => server.start()));
  balancer = await startRoundRobin(() => servers.map(({ port }) => port));
  front = await serverAt(balancer.origin);
});

afterAll(async () => {
  await balancer.close();
  await Promise.all(servers.map((server) => server.kill()));
});

/** As tests of one server have it, but over the network and with the time of day. */
async function serverAt(origin: string): Promise<TestServer> {
  const app = { request: (path: string, init?: RequestInit) => fetch(origin + path, init) };
  const deps = { ...(await createTestDeps()), clock: { now: Date.now, set: () => 0, advance: () => 0 } };
  return { app, deps, program: testProgram } as unknown as TestServer;
}

async function code(): Promise<string> {
  const deps = { db: store.db, clock: Date, random: front.deps.random };
  return (await createPairingCode(deps, TEST_SHOP, { deviceName: 'Till', location: 'counter' })).code;
}

/** Until it works, as tills do it: a dead server, a lost answer and "too many" are all just waited out. */
async function insist<T>(what: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await what();
    } catch (error) {
      if (attempt === 400) throw error;
      await pause(20 + 40 * Math.random());
    }
  }
}

async function rows() {
  return store.db.selectFrom('events').selectAll().orderBy('gseq').execute();
}

describe('three server processes behind a round-robin, on one PostgreSQL', () => {
  it('serve a pairing code once, whoever asks where at the same time', async () => {
    const once = await code();
    const tries = await Promise.allSettled(Array.from({ length: 12 }, (_, i) => SimTill.pair(front, 100 + i, once)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const devices = await store.db.selectFrom('devices').select('device').execute();
    expect(devices).toHaveLength(1);
  });

  it('slow down guessing of one password together', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 9; i++) {
      const answer = await fetch(`${balancer.origin}/office/api/sign-in`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', [OFFICE_HEADER]: '1' },
        body: JSON.stringify({ email: 'somebody@example.com', password: 'a wrong password' }),
      });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429, 429, 429]);
  });

  it('tell a till at one of them what another one has committed', async () => {
    for (const [at, server] of servers.entries()) {
      const listener = await SimTill.pair(await serverAt(server.origin), 200 + at, await code());
      const other = servers[(at + 1) % servers.length] as ServerProcess;
      const seller = await SimTill.pair(await serverAt(other.origin), 300 + at, await code());
      const live = await listener.request('GET', '/sync/live');
      const hints = readHints(live);
      const first = (await hints.next()).value ?? 0;
      seller.record('nora', { kind: 'sale', total: 500, lines: [], hour: 10, external: null });
      const { head } = await seller.push();
      for (let heard = first; heard < head;) heard = (await hints.next()).value ?? Number.NaN;
      await hints.return(0);
    }
  });

  it('lose and double nothing while they are killed and come back', { timeout: 120_000 }, async () => {
    const tills = await Promise.all(
      Array.from({ length: TILLS }, (_, i) => insist(async () => SimTill.pair(front, i + 1, await code()))),
    );
    let killed = 0;
    const over = new AbortController();
    const killing = (async () => {
      for (; killed < KILLS; killed++) {
        await pause(200 + 500 * chance());
        const victim = servers[Math.floor(chance() * servers.length)] as ServerProcess;
        await victim.kill();
        await pause(300 * chance());
        await victim.start();
      }
      over.abort();
    })();
    const selling = tills.map(async (till) => {
      for (let round = 0; !over.signal.aborted || round < 30; round++) {
        for (let n = 1 + Math.floor(chance() * 4); n > 0; n--) {
          const member = MEMBERS[Math.floor(chance() * MEMBERS.length)] ?? null;
          till.record(member, { kind: 'sale', total: 900, lines: [], hour: 10, external: null });
        }
        // Some answers are lost on the way back as well, so the same comes again.
        await insist(() => till.push({ lose: chance() < 0.2 }));
        if (chance() < 0.3) await insist(() => till.pull());
        await pause(30 * chance());
      }
    });
    await Promise.all([killing, ...selling]);

    // What was acknowledged is there, before anybody sends anything again.
    const stored = await rows();
    for (const till of tills) {
      const own = new Map(stored.filter((row) => row.device === till.device).map((row) => [row.seq, row.bytes]));
      for (let seq = 1; seq <= till.storedThrough; seq++) expect(own.get(seq)).toBe(till.events[seq - 1]);
    }
    for (const till of tills) await insist(() => till.pushAll());
    for (const till of tills) await insist(() => till.pull());
    await checkLedger(tills);
    expect(killed).toBe(KILLS);
  });

  it('say how the database is doing', async () => {
    for (const { origin } of servers) {
      const answer = await fetch(`${origin}/metrics`, { headers: { Authorization: 'Bearer a token for this test' } });
      const text = await answer.text();
      const value = (name: string) => Number(text.match(new RegExp(`^${name} ([0-9.e+-]+)$`, 'm'))?.[1]);
      expect(value('regulars_ledger_events')).toBe((await rows()).length);
      expect(value('regulars_database_connections{state="open"}')).toBeGreaterThan(0);
      expect(value('regulars_database_connections{state="waiting"}')).toBe(0);
      expect(value('regulars_database_seconds_count')).toBeGreaterThan(0);
      expect(value('regulars_live_poll_lag_seconds')).toBeGreaterThanOrEqual(0);
    }
  });
});

/** Everything once and in order, the chain whole, states what the bookings make them, and all tills see the same. */
async function checkLedger(tills: readonly SimTill[]): Promise<void> {
  const all = await rows();
  const folded = new Map<string, MemberState>();
  let chain = ZERO_HASH;
  for (const [at, row] of all.entries()) {
    const { gseq, hash, member, booked } = admittedOf(row);
    expect(gseq).toBe(at + 1);
    chain = chainHash(chain, hash);
    expect(row.chain).toBe(chain);
    if (member !== null) folded.set(member, apply(folded.get(member) ?? emptyState(), booked));
  }
  const members = await store.db.selectFrom('members').selectAll().where('alias_of', 'is', null).execute();
  expect(new Map(members.map((row) => [row.member, JSON.parse(row.state) as MemberState]))).toEqual(folded);
  for (const till of tills) {
    const own = all.filter((row) => row.device === till.device);
    expect(own.map((row) => row.bytes)).toEqual(till.events);
    for (const [member, state] of folded) expect(till.view(member)).toEqual(state);
  }
  const { rows: held } = await sql`select * from quarantine`.execute(store.db);
  expect(held).toEqual([]);
  expect(all.length).toBeGreaterThan(TILLS * 30);
}

/** The heads that a live connection tells of. */
async function* readHints(live: Response): AsyncGenerator<number, number> {
  if (live.body === null) throw new Error(`no live connection: ${live.status}`);
  let text = '';
  for await (const chunk of live.body) {
    text += Buffer.from(chunk).toString();
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data !== undefined) yield (JSON.parse(data) as { head: number }).head;
    }
  }
  return Number.NaN;
}
