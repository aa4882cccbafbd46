import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { proofHeader } from '../../src/protocol/deviceProof.ts';
import { toBase64Url } from '../../src/protocol/bytes.ts';
import type { PushAnswer, PushRequest } from '../../src/protocol/sync.ts';
import { createApp } from '../../src/server/app.ts';
import { createTill } from '../../src/till/createTill.ts';
import { REAL_TIMERS, testPorts } from '../../src/till/testing/testPorts.ts';
import { coffee, ledgerSize, memberState, sell } from './acts.ts';
import type { SimTill } from './simTill.ts';
import { NO_LIMITS, startTestServer } from './testServer.ts';
import { makeWorld, type Tablet, type World } from './world.ts';

const MEGABYTE = 1024 * 1024;
const SOON = { timeout: 30_000, interval: 20 };

/** One push as it went over the network. */
interface Sent {
  readonly gzip: boolean;
  readonly request: PushRequest;
}

function bytesOf(init: RequestInit): Uint8Array {
  return typeof init.body === 'string' ? new TextEncoder().encode(init.body) : (init.body as Uint8Array);
}

function readSent(init: RequestInit): Sent {
  const gzip = new Headers(init.headers).get('content-encoding') === 'gzip';
  const bytes = bytesOf(init);
  const text = new TextDecoder().decode(gzip ? gunzipSync(bytes) : bytes);
  return { gzip, request: JSON.parse(text) as PushRequest };
}

/** Lets the tablet compress, and writes down what it sends. */
function watch(tablet: Tablet, world: World): Sent[] {
  const sent: Sent[] = [];
  Object.assign(tablet.ports, { gzip: async (text: string) => new Uint8Array(gzipSync(text)) });
  tablet.ports.network = (path, init) => {
    if (path === '/sync/push') sent.push(readSent(init));
    return world.request(path, init);
  };
  return sent;
}

describe('a till that may compress', () => {
  let world: World;
  beforeEach(async () => {
    world = await makeWorld();
  });
  afterEach(async () => {
    await world.end();
  });

  /** A tablet with sales that nobody has, right after its browser was opened: it has heard no server yet. */
  async function fresh(sales: number) {
    const customer = await world.join();
    const paired = await world.tablet('Bar', 1);
    paired.online(false);
    for (let n = 0; n < sales; n++) await sell(paired, customer.text, coffee(1000));
    await paired.till.close();
    return { customer, tablet: await world.reopen(paired, 3) };
  }

  it('does so only after a server has said that it accepts it', async () => {
    const { customer, tablet } = await fresh(8);
    const sent = watch(tablet, world);
    const before = await ledgerSize(world);
    expect(await tablet.till.syncOnce()).toBe(true);
    expect(sent.map(({ gzip, request }) => [gzip, request.events.length])).toEqual([[false, 8]]);
    for (let n = 0; n < 8; n++) await sell(tablet, customer.text, coffee(1000));
    expect(await tablet.till.syncOnce()).toBe(true);
    expect(sent.slice(1).map(({ gzip, request }) => [gzip, request.events.length])).toEqual([[true, 8]]);
    // What is short goes as it is: there is nothing to save.
    await sell(tablet, customer.text, coffee(1000));
    expect(await tablet.till.syncOnce()).toBe(true);
    expect(sent.at(-1)).toMatchObject({ gzip: false });
    expect(await ledgerSize(world)).toBe(before + 17);
    expect((await memberState(world, customer.member))?.days['2026-03-10']?.visits).toBe(17);
  });

  it('begins plain and small again after any failure', async () => {
    const { customer, tablet } = await fresh(8);
    const sent = watch(tablet, world);
    expect(await tablet.till.syncOnce()).toBe(true);
    const through = tablet.ports.network;
    for (let n = 0; n < 8; n++) await sell(tablet, customer.text, coffee(1000));
    tablet.ports.network = async (path, init) => {
      await through(path, init);
      throw new TypeError('connection reset');
    };
    expect(await tablet.till.syncOnce()).toBe(false);
    tablet.ports.network = through;
    expect(await tablet.till.syncOnce()).toBe(true);
    expect(sent.map(({ gzip }) => gzip)).toEqual([false, true, false]);
    expect((await memberState(world, customer.member))?.days['2026-03-10']?.visits).toBe(16);
  });

  it('falls back at once where the server was downgraded and can read it no more, and loses nothing', async () => {
    const { customer, tablet } = await fresh(8);
    watch(tablet, world);
    expect(await tablet.till.syncOnce()).toBe(true);
    const before = await ledgerSize(world);
    for (let n = 0; n < 8; n++) await sell(tablet, customer.text, coffee(1000));
    const statuses: number[] = [];
    tablet.ports.network = async (path, init) => {
      if (path !== '/sync/push') return world.request(path, init);
      // A server from before: it takes the body for text, whatever the header says, and allows nothing.
      const headers = new Headers(init.headers);
      headers.delete('content-encoding');
      const answer = await world.request(path, { ...init, headers });
      statuses.push(answer.status);
      if (!answer.ok) return answer;
      const { accepts: _accepts, ...plain } = (await answer.json()) as PushAnswer;
      return Response.json(plain);
    };
    expect(await tablet.till.syncOnce()).toBe(true);
    expect(statuses).toEqual([400, 200]);
    expect(tablet.till.status.get()).toMatchObject({ unsent: 0, connection: 'online', lastError: null });
    for (let n = 0; n < 8; n++) await sell(tablet, customer.text, coffee(1000));
    expect(await tablet.till.syncOnce()).toBe(true);
    expect(statuses).toEqual([400, 200, 200]);
    expect(await ledgerSize(world)).toBe(before + 16);
    expect((await memberState(world, customer.member))?.days['2026-03-10']?.visits).toBe(24);
  });
});

describe('a compressed body', () => {
  /** Posts compressed bytes with a proof that fits them, as only a paired till can. */
  async function post(till: SimTill, body: Uint8Array<ArrayBuffer>): Promise<Response> {
    const subject = {
      method: 'POST',
      path: '/sync/push',
      time: till.server.deps.clock.now(),
      nonce: toBase64Url(till.random(16)),
      body,
    };
    const authorization = await proofHeader(till.device, till.key, subject);
    const headers = { authorization, 'content-type': 'application/json', 'content-encoding': 'gzip' };
    return till.server.app.request('/sync/push', { method: 'POST', headers, body });
  }

  function requestOf(till: SimTill): string {
    const health = { build: 'sim', unsent: 0, oldestUnsentAt: null, persisted: true };
    return JSON.stringify({ protocol: 1, run: till.run, events: till.events, patches: [], programs: [], health });
  }

  it('is stored as the same in plain would be', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    till.record('anna', { kind: 'enrolled', via: 'till' });
    const answer = await post(till, new Uint8Array(gzipSync(requestOf(till))));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ storedThrough: 1, results: [] });
  });

  it('that would become enormous is refused while it grows, with a bounded amount of memory', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    till.record('anna', { kind: 'enrolled', via: 'till' });
    const before = await server.dump();
    // Members of one gzip file follow each other: 600 MB in 600 KB, and never in the memory of this test.
    const one = gzipSync(Buffer.alloc(MEGABYTE, 0x20));
    const bomb = new Uint8Array(Buffer.concat(Array.from({ length: 600 }, () => one)));
    expect(bomb.length).toBeLessThan(MEGABYTE);
    const peak = process.resourceUsage().maxRSS;
    const answer = await post(till, bomb);
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ error: 'tooLarge' });
    // In KB; unbounded, it takes more than 600 MB.
    expect(process.resourceUsage().maxRSS - peak).toBeLessThan(100 * 1024);
    expect(await server.dump()).toBe(before);
    // Behind a complete request, too.
    const behind = new Uint8Array(Buffer.concat([gzipSync(requestOf(till)), bomb]));
    expect((await post(till, behind)).status).toBe(413);
    expect(await server.dump()).toBe(before);
    expect((await till.push()).storedThrough).toBe(1);
  });

  it('that is cut off, damaged or none at all is refused, and nothing of it is stored', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    for (let n = 0; n < 30; n++) till.record(`m${n}`, { kind: 'enrolled', via: 'till' });
    const whole = new Uint8Array(gzipSync(requestOf(till)));
    const damaged = Uint8Array.from(whole, (byte, at) => (at === whole.length - 6 ? byte ^ 1 : byte));
    const before = await server.dump();
    const cuts = [0, 1, 9, 10, 18, Math.floor(whole.length / 2), whole.length - 8, whole.length - 1];
    const plain = new TextEncoder().encode(requestOf(till));
    for (const body of [...cuts.map((at) => whole.slice(0, at)), damaged, plain]) {
      const answer = await post(till, body);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ error: 'badRequest' });
    }
    expect(await server.dump()).toBe(before);
    expect(await (await post(till, whole)).json()).toMatchObject({ storedThrough: 30 });
  });
});

describe('a server that has its hands full', () => {
  /** So many pushes under way that a large one is sent away. */
  const FULL = 24;
  let world: World;
  beforeEach(async () => {
    world = await makeWorld();
  });
  afterEach(async () => {
    await world.end();
  });

  /** The server of the world with a till that fills it up until `open` is called. */
  async function full() {
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const app = createApp({ ...world.deps, turn: () => gate }, { rates: NO_LIMITS });
    const statuses: { who: string; status: number }[] = [];
    let waiting = 0;
    const network = (who: string) => async (path: string, init: RequestInit) => {
      const headers = new Headers(init.headers);
      // A browser says how much it sends.
      if (init.body) headers.set('content-length', String(bytesOf(init).length));
      if (path === '/sync/push') waiting += 1;
      const answer = await app.request(path, { ...init, headers });
      if (path === '/sync/push') {
        waiting -= 1;
        statuses.push({ who, status: answer.status });
      }
      return answer;
    };
    return { open, network, statuses, waiting: () => waiting };
  }

  /** Tablets with one sale each, whose customers stand there. */
  async function crowd() {
    const customer = await world.join();
    const tablets: Tablet[] = [];
    for (let n = 0; n < FULL; n++) tablets.push(await world.tablet(`Till ${n}`, 10 + n));
    for (const tablet of tablets) {
      tablet.online(false);
      await sell(tablet, customer.text, coffee(1000));
    }
    return { customer, tablets };
  }

  it('sends away what is large and takes what is small; who was sent away waits, comes again and has lost nothing', async () => {
    const paired = await world.tablet('Terrace', 1);
    const regular = await world.join();
    paired.online(false);
    for (let n = 0; n < 80; n++) await sell(paired, regular.text, coffee(1000));
    await paired.till.close();
    const { customer, tablets } = await crowd();
    const server = await full();
    const rounds = tablets.slice(0, -1).map((tablet) => {
      tablet.ports.network = server.network('crowd');
      return tablet.till.syncOnce();
    });
    const last = tablets.at(-1) as Tablet;
    last.ports.network = server.network('last');
    await vi.waitFor(() => expect(server.waiting()).toBe(FULL - 1), SOON);
    rounds.push(last.till.syncOnce());
    await vi.waitFor(() => expect(server.waiting()).toBe(FULL), SOON);

    const asked: number[] = [];
    const ports = testPorts(3, { factory: paired.ports.indexedDb.factory });
    const timers = {
      after: (ms: number, run: () => void) => {
        asked.push(ms);
        return REAL_TIMERS.after(ms, run);
      },
    };
    Object.defineProperty(ports, 'time', { get: () => world.clock.now });
    Object.assign(ports, { timers });
    ports.network = server.network('terrace');
    const terrace = createTill(ports, { loop: true });
    await terrace.start();
    await vi.waitFor(() => expect(server.statuses).toEqual([{ who: 'terrace', status: 429 }]), SOON);
    // As long as the server asked for, at the least; and being woken does not make it come earlier.
    await vi.waitFor(() => expect(asked.some((ms) => ms >= 2000 && ms < 30_000)).toBe(true), SOON);
    ports.wake();
    expect(terrace.status.get()).toMatchObject({ unsent: 80 });
    expect(server.statuses).toHaveLength(1);

    server.open();
    expect(await Promise.all(rounds)).toEqual(rounds.map(() => true));
    expect(server.statuses.filter(({ who }) => who !== 'terrace').every(({ status }) => status === 200)).toBe(true);
    await vi.waitFor(() => expect(terrace.status.get()).toMatchObject({ unsent: 0, connection: 'online' }), SOON);
    await terrace.close();
    expect((await memberState(world, regular.member))?.days['2026-03-10']?.visits).toBe(80);
    expect((await memberState(world, customer.member))?.days['2026-03-10']?.visits).toBe(FULL);
  });
});
