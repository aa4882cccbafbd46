import type { Hono } from 'hono';
import { apply } from '../../src/loyalty/apply.ts';
import type { CredentialKind } from '../../src/loyalty/basics.ts';
import type { Target } from '../../src/loyalty/decision.ts';
import { effectsOf } from '../../src/loyalty/effectsOf.ts';
import { emptyState } from '../../src/loyalty/emptyState.ts';
import type { Fact } from '../../src/loyalty/facts.ts';
import type { Program } from '../../src/loyalty/program.ts';
import type { MemberState } from '../../src/loyalty/state.ts';
import { canonical } from '../../src/protocol/canonical.ts';
import { dayOf } from '../../src/protocol/day.ts';
import { pairingText, proofHeader, signText } from '../../src/protocol/deviceProof.ts';
import type { Document, ProfilePatch, ProgramVersion } from '../../src/protocol/documents.ts';
import type { Admitted, Event } from '../../src/protocol/event.ts';
import { chainHash, eventHash, programHash, ZERO_HASH } from '../../src/protocol/hash.ts';
import { toBase64Url } from '../../src/protocol/bytes.ts';
import { uuidV7 } from '../../src/protocol/ids.ts';
import type { PairAnswer } from '../../src/protocol/pairing.ts';
import type { Cursor, PullAnswer, PushAnswer } from '../../src/protocol/sync.ts';
import { seededRandom, type TestDeps } from '../../src/server/testing/testDeps.ts';
import { TEST_SHOP, testBusiness } from '../../src/server/testing/testShop.ts';

/** The server that a till is paired with. */
export interface TillServer {
  readonly app: Hono;
  readonly deps: TestDeps;
  readonly program: Program;
}

/** What a test may set of an event; the rest is as a well-behaved till would write it. */
export interface RecordOptions {
  readonly credential?: { readonly kind: CredentialKind; readonly id: string };
  readonly change?: (event: Event) => Event;
}

/** A small till without a screen: it records offline, pushes, pulls, and shows what a real one would. */
export class SimTill {
  readonly server: TillServer;
  readonly device: string;
  readonly key: CryptoKey;
  run: string;
  seq = 0;
  prev = ZERO_HASH;
  /** Everything recorded in this run, by seq. */
  events: string[] = [];
  patches: ProfilePatch[] = [];
  programs: ProgramVersion[] = [];
  storedThrough = 0;
  /** Own events through this seq are part of `states`. */
  covered = 0;
  cursor: Cursor;
  states = new Map<string, MemberState>();
  aliases = new Map<string, string>();
  admitted: Admitted[] = [];
  documents = new Map<string, Document>();
  readonly random: (n: number) => Uint8Array;
  /** States with the own events over them, until the next pull. */
  #shown = new Map<string, MemberState>();

  private constructor(server: TillServer, paired: PairAnswer, key: CryptoKey, seed: number) {
    this.server = server;
    this.device = paired.device;
    this.key = key;
    this.cursor = paired.cursor;
    this.random = seededRandom(seed);
    this.run = `run-${seed}`;
  }

  /** Pairs a new till with the server. */
  static async pair(server: TillServer, seed: number, code: string): Promise<SimTill> {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
    const proof = await signText(pair.privateKey, pairingText(code));
    const body = JSON.stringify({ code, publicKey: { x, y }, proof });
    const answer = await server.app.request('/pair', { method: 'POST', body });
    if (answer.status !== 200) throw new Error(`pairing failed: ${answer.status}`);
    return new SimTill(server, (await answer.json()) as PairAnswer, pair.privateKey, seed);
  }

  /** A copy with the same key and the same past, as a cloned tablet is. */
  clone(seed: number): SimTill {
    const paired = { device: this.device, name: '', business: TEST_SHOP, location: 'counter', epoch: '' };
    const twin = new SimTill(this.server, { ...paired, cursor: this.cursor }, this.key, seed);
    const { run, seq, prev, storedThrough, covered } = this;
    Object.assign(twin, { run, seq, prev, storedThrough, covered });
    twin.events = [...this.events];
    twin.states = new Map(this.states);
    return twin;
  }

  async request(method: string, path: string, body = '', time = this.server.deps.clock.now()): Promise<Response> {
    const nonce = toBase64Url(this.random(16));
    const header = await proofHeader(this.device, this.key, { method, path, time, nonce, body });
    const init = { method, headers: { Authorization: header }, ...(method === 'POST' && { body }) };
    return this.server.app.request(path, init);
  }

  /** Records a fact without any network and returns the event's id. */
  record(member: string | null, fact: Fact, { credential, change }: RecordOptions = {}): string {
    const now = this.server.deps.clock.now();
    const id = uuidV7(now, this.random(10));
    const day = dayOf(now, testBusiness.timeZone, testBusiness.cutOverHour);
    const base: Event = {
      v: 1,
      id,
      business: TEST_SHOP,
      location: 'counter',
      device: this.device,
      run: this.run,
      seq: this.seq + 1,
      prev: this.prev,
      at: now,
      skew: 0,
      day,
      basis: { epoch: this.cursor.epoch, gseq: this.cursor.gseq },
      engine: 1,
      staff: 'barista',
      member,
      credential: credential ?? null,
      program: programHash(this.server.program),
      fact,
      told: member === null ? [] : this.#workOut(this.view(member), id, day, fact),
    };
    return this.#append(change ? change(base) : base);
  }

  /** Puts any text into the queue as if it were an event. */
  recordRaw(bytes: string): void {
    this.seq += 1;
    this.prev = eventHash(bytes);
    this.events.push(bytes);
  }

  patch(member: string, fields: ProfilePatch['fields']): void {
    const pseq = this.patches.length + 1;
    const at = this.server.deps.clock.now();
    this.patches.push({
      id: `patch-${this.run}-${pseq}`,
      device: this.device,
      run: this.run,
      pseq,
      member,
      at,
      fields,
    });
  }

  /** What the customer is shown: the canonical state and, over it, own events that it does not hold yet. */
  view(member: string): MemberState {
    const id = this.aliases.get(member) ?? member;
    const known = this.#shown.get(id);
    if (known) return known;
    let state = this.states.get(id) ?? emptyState();
    for (const bytes of this.events.slice(this.covered)) {
      const event = readOwn(bytes);
      if (!event || event.member === null || (this.aliases.get(event.member) ?? event.member) !== id) continue;
      state = apply(state, this.#workOut(state, event.id, event.day, event.fact));
    }
    this.#shown.set(id, state);
    return state;
  }

  /** Sends what is unsent; `from` sends again from an earlier seq. */
  async push({ from = this.storedThrough, lose = false, upTo = Number.POSITIVE_INFINITY } = {}): Promise<PushAnswer> {
    const answer = await this.sendEvents(this.events.slice(from, Math.min(from + 200, upTo)));
    // A lost answer: the server has it, the till does not know.
    if (!lose) this.storedThrough = answer.storedThrough;
    return answer;
  }

  async pushAll(): Promise<void> {
    while (this.storedThrough < this.seq) await this.push();
  }

  async sendEvents(events: readonly string[]): Promise<PushAnswer> {
    const health = { build: 'sim', unsent: events.length, oldestUnsentAt: null, persisted: true };
    const { run, patches, programs } = this;
    const body = JSON.stringify({ protocol: 1, run, events, patches, programs, health });
    const answer = await this.request('POST', '/sync/push', body);
    if (answer.status !== 200) throw new Error(`push failed: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as PushAnswer;
  }

  async requestPull(cursor: Cursor = this.cursor): Promise<Response> {
    const { epoch, gseq, chain, rev } = cursor;
    return this.request('GET', `/sync/pull?epoch=${epoch}&gseq=${gseq}&chain=${chain}&rev=${rev}`);
  }

  /** Pulls until there is no more; checks order and chain on the way. */
  async pull(): Promise<void> {
    this.#shown.clear();
    for (let more = true; more;) {
      const response = await this.requestPull();
      if (response.status !== 200) throw new Error(`pull failed: ${response.status}`);
      const answer = (await response.json()) as PullAnswer;
      let { gseq, chain } = this.cursor;
      for (const one of answer.admitted) {
        if (one.gseq !== gseq + 1) throw new Error(`hole in the ledger at ${one.gseq}`);
        if (one.hash !== eventHash(one.bytes)) throw new Error('the bytes do not fit their hash');
        chain = chainHash(chain, one.hash);
        if (one.chain !== chain) throw new Error('the chain is broken');
        ({ gseq } = one);
        this.#fold(one);
      }
      for (const document of answer.documents) this.documents.set(`${document.kind}/${document.id}`, document);
      this.cursor = answer.cursor;
      ({ more } = answer);
    }
  }

  #fold(one: Admitted): void {
    this.admitted.push(one);
    const event = JSON.parse(one.bytes) as Event;
    if (event.device === this.device && event.run === this.run) this.covered = Math.max(this.covered, event.seq);
    if (one.member === null) return;
    if (event.member?.startsWith('card:') && event.fact.kind === 'sale') this.aliases.set(event.member, one.member);
    for (const effect of one.booked) {
      if (effect.kind !== 'alias') continue;
      if (effect.on) this.aliases.set(effect.other, one.member);
      else this.aliases.delete(effect.other);
    }
    this.states.set(one.member, apply(this.states.get(one.member) ?? emptyState(), one.booked));
  }

  #append(event: Event): string {
    if (event.member !== null) {
      const id = this.aliases.get(event.member) ?? event.member;
      this.#shown.set(id, apply(this.view(id), event.told));
    }
    this.recordRaw(canonical(event));
    return event.id;
  }

  #workOut(state: MemberState, id: string, day: string, fact: Fact) {
    const profile = { birthday: null, nameDay: null, leapDay: '02-28' } as const;
    const context = { event: id, day, profile, target: this.#target(fact), other: null };
    return effectsOf(this.server.program, state, fact, context).effects;
  }

  #target(fact: Fact): Target | null {
    if (fact.kind !== 'voided' && fact.kind !== 'refunded') return null;
    const admitted = this.admitted.find((one) => (JSON.parse(one.bytes) as Event).id === fact.target);
    const own = this.events.map(readOwn).find((event) => event?.id === fact.target);
    const event = admitted ? (JSON.parse(admitted.bytes) as Event) : own;
    if (!event) return null;
    const effects = admitted?.booked ?? event.told;
    return {
      event: event.id,
      fact: event.fact,
      day: admitted?.day ?? event.day,
      program: this.server.program,
      effects,
    };
  }
}

function readOwn(bytes: string): Event | null {
  try {
    const event = JSON.parse(bytes) as Event;
    return event.v === 1 ? event : null;
  } catch {
    return null;
  }
}
