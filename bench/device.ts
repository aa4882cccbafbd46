import { createHash, randomBytes } from 'node:crypto';
import { apply } from '../src/loyalty/apply.ts';
import { effectsOf } from '../src/loyalty/effectsOf.ts';
import { emptyState } from '../src/loyalty/emptyState.ts';
import type { Fact } from '../src/loyalty/facts.ts';
import type { MemberState } from '../src/loyalty/state.ts';
import { ENGINE_VERSION } from '../src/loyalty/version.ts';
import { toBase64Url } from '../src/protocol/bytes.ts';
import { canonical } from '../src/protocol/canonical.ts';
import { dayOf } from '../src/protocol/day.ts';
import { pairingText, proofHeader, signText } from '../src/protocol/deviceProof.ts';
import type { Event } from '../src/protocol/event.ts';
import { ZERO_HASH } from '../src/protocol/hash.ts';
import { uuidV7 } from '../src/protocol/ids.ts';
import type { PairAnswer } from '../src/protocol/pairing.ts';
import type { PushRequest } from '../src/protocol/sync.ts';
import { CUT_OVER_HOUR, PROGRAM, PROGRAM_HASH, TIME_ZONE } from './shop.ts';

/** How a request reaches the server: over the network, or straight into its function. */
export type Send = (path: string, init: RequestInit) => Promise<Response>;

/** A till without screen and database, for load: it records as a real one does, signs, and keeps what it recorded in memory. */
export class BenchDevice {
  readonly device: string;
  readonly run = `run-${toBase64Url(randomBytes(8))}`;
  readonly #business: string;
  readonly #epoch: string;
  readonly #key: CryptoKey;
  readonly #states = new Map<string, MemberState>();
  #seq = 0;
  #prev = ZERO_HASH;

  private constructor({ device, business, epoch }: PairAnswer, key: CryptoKey) {
    this.device = device;
    this.#business = business;
    this.#epoch = epoch;
    this.#key = key;
  }

  /** Redeems a pairing code. */
  static async pair(send: Send, code: string): Promise<BenchDevice> {
    const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', keys.publicKey);
    const proof = await signText(keys.privateKey, pairingText(code));
    const body = JSON.stringify({ code, publicKey: { x, y }, proof });
    const answer = await send('/pair', { method: 'POST', body });
    if (!answer.ok) throw new Error(`a device could not be paired (${answer.status})`);
    return new BenchDevice((await answer.json()) as PairAnswer, keys.privateKey);
  }

  /** Records a fact with what the customer was told; gives the canonical bytes. */
  record(member: string, fact: Fact, at: number): string {
    const id = uuidV7(at, randomBytes(10));
    const day = dayOf(at, TIME_ZONE, CUT_OVER_HOUR);
    const state = this.#states.get(member) ?? emptyState();
    const profile = { birthday: null, nameDay: null, leapDay: '02-28' } as const;
    const told = effectsOf(PROGRAM, state, fact, { event: id, day, profile, target: null, other: null }).effects;
    this.#states.set(member, apply(state, told));
    const event: Event = {
      v: 1,
      id,
      business: this.#business,
      location: 'main',
      device: this.device,
      run: this.run,
      seq: this.#seq + 1,
      prev: this.#prev,
      at,
      skew: 0,
      day,
      basis: { epoch: this.#epoch, gseq: 0 },
      engine: ENGINE_VERSION,
      staff: null,
      member,
      credential: null,
      program: PROGRAM_HASH,
      fact,
      told,
    };
    const bytes = canonical(event);
    this.#seq += 1;
    this.#prev = createHash('sha256').update(bytes).digest('hex');
    return bytes;
  }

  /** A signed push of these events. */
  async push(events: readonly string[], time = Date.now()): Promise<{ path: string; init: RequestInit }> {
    const health = { build: 'bench', unsent: 0, oldestUnsentAt: null, persisted: true };
    const request: PushRequest = { protocol: 1, run: this.run, events, patches: [], programs: [], health };
    return this.signed('POST', '/sync/push', JSON.stringify(request), time);
  }

  /** A signed request. */
  async signed(
    method: 'GET' | 'POST',
    path: string,
    body = '',
    time = Date.now(),
  ): Promise<{ path: string; init: RequestInit }> {
    const nonce = toBase64Url(randomBytes(16));
    const header = await proofHeader(this.device, this.#key, { method, path, time, nonce, body });
    return { path, init: { method, headers: { Authorization: header }, ...(method === 'POST' && { body }) } };
  }
}

/** A coffee and sometimes a cake, as a morning's sales are. */
export function sale(n: number): Fact {
  const line = { product: 'latte', category: 'coffee', quantity: 1, amount: 1290, given: false };
  return { kind: 'sale', total: 1290 + (n % 7) * 100, lines: [line], hour: 10, external: null };
}
