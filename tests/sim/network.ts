import type { Rates } from './plan.ts';
import type { Rng } from './rng.ts';
import type { Process } from './server.ts';
import type { Page } from './tablet.ts';
import { time } from './virtualTime.ts';

/** What goes over the wire, as text. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface Request {
  readonly page: Page;
  readonly path: string;
  readonly init: RequestInit;
}

export interface NetworkWorld {
  readonly server: () => Process;
  readonly reachable: (page: Page) => boolean;
  /** The server has answered; the answer may still be lost. */
  readonly answered: (request: Request, answer: Answer, wasRevoked: boolean) => void;
  /** Whether the server knows, at this moment, that it takes no more of this tablet. */
  readonly isRevoked: (request: Request) => boolean;
  /** Tells the story and counts. */
  readonly happened: (what: NetworkEvent, request: Request) => void;
}

export type NetworkEvent =
  | 'requestLost'
  | 'answerLost'
  | 'duplicated'
  | 'slow'
  | 'truncated'
  | 'portal'
  | 'refused'
  | 'serverDied'
  | 'offline'
  | 'delivered';

const PORTAL = '<!doctype html><title>Welcome to our Wi-Fi</title><p>Please accept the terms.</p>';

/** The network between tills and servers: nothing that a till sends is sure to arrive, or its answer to come back. */
export class Network {
  readonly #rng: Rng;
  readonly #world: NetworkWorld;
  rates: Rates;

  constructor(rng: Rng, rates: Rates, world: NetworkWorld) {
    this.#rng = rng;
    this.rates = rates;
    this.#world = world;
  }

  async send(page: Page, path: string, init: RequestInit): Promise<Response> {
    const request: Request = { page, path, init };
    const abort = aborted(init.signal ?? null);
    if (path === '/sync/live') return Promise.race([this.#live(request), abort]);
    const exchange = this.#exchange(request);
    const answer = await Promise.race([exchange, abort]);
    return new Response(answer.text, { status: answer.status, headers: answer.headers });
  }

  async #exchange(request: Request): Promise<Answer> {
    const rng = this.#rng;
    const { rates } = this;
    const world = this.#world;
    await time.sleep(this.#delay(request));
    if (!world.reachable(request.page)) {
      world.happened('offline', request);
      throw new TypeError('no network');
    }
    if (rng.chance(rates.portal)) {
      world.happened('portal', request);
      const status = rng.pick([200, 200, 302, 403, 511]);
      return { status, headers: { 'content-type': 'text/html' }, text: PORTAL };
    }
    if (rng.chance(rates.refused)) {
      world.happened('refused', request);
      return this.#refusal();
    }
    if (rng.chance(rates.requestLost)) {
      world.happened('requestLost', request);
      return this.#nothing();
    }
    const first = this.#reach(request);
    const answers = [first];
    if (rng.chance(rates.duplicated)) {
      world.happened('duplicated', request);
      answers.push(time.sleep(rng.below(3000)).then(() => this.#reach(request)));
    }
    // Of a request that arrived twice, either answer may be the one that comes back.
    const answer = await rng.pick(answers);
    if (answer === null || rng.chance(rates.answerLost)) {
      world.happened('answerLost', request);
      return this.#nothing();
    }
    await time.sleep(this.#delay(request));
    if (rng.chance(rates.truncated)) {
      world.happened('truncated', request);
      return { ...answer, text: answer.text.slice(0, rng.below(answer.text.length + 1)) };
    }
    world.happened('delivered', request);
    return answer;
  }

  /** A stream of hints, which breaks sooner or later: by the network, with the page, or with the server. */
  async #live(request: Request): Promise<Response> {
    await time.sleep(this.#delay(request));
    const { page, path, init } = request;
    if (!this.#world.reachable(page) || this.#rng.chance(this.rates.requestLost)) throw new TypeError('no network');
    const process = this.#world.server();
    const response = await process.request(path, bare(init));
    if (!response.ok || response.body === null) return response;
    const reader = response.body.getReader();
    const stream = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        const { value, done } = await reader.read();
        if (done || value === undefined) controller.close();
        else controller.enqueue(value);
      },
      cancel: () => breakOff(),
    });
    const breakOff = () => {
      process.streams.delete(breakOff);
      void reader.cancel();
    };
    process.streams.add(breakOff);
    page.goes(breakOff);
    if (this.#rng.chance(0.5)) time.after(this.#rng.below(600_000), breakOff);
    return new Response(stream, { headers: headersOf(response) });
  }

  /** At the server; `null`: the process died over it, and nobody will ever answer. */
  async #reach(request: Request): Promise<Answer | null> {
    const process = this.#world.server();
    const { path, init } = request;
    if (this.#rng.chance(this.rates.serverDies)) {
      const moment = this.#rng.pick(['query', 'commit', 'committed'] as const);
      process.doom = { moment, left: moment === 'query' ? this.#rng.below(25) : this.#rng.below(2) };
    }
    const wasRevoked = this.#world.isRevoked(request);
    const response = await process.request(path, bare(init));
    const text = await response.text();
    process.doom = null;
    if (!process.alive) {
      this.#world.happened('serverDied', request);
      return null;
    }
    const answer: Answer = { status: response.status, headers: headersOf(response), text };
    this.#world.answered(request, answer, wasRevoked);
    return answer;
  }

  #delay(request: Request): number {
    if (!this.#rng.chance(this.rates.slow)) return this.#rng.below(60);
    this.#world.happened('slow', request);
    return this.#rng.below(40_000);
  }

  /** The connection breaks, or stays silent until the till gives up. */
  async #nothing(): Promise<never> {
    if (this.#rng.chance(0.5)) return new Promise<never>(() => undefined);
    await time.sleep(this.#rng.below(5000));
    throw new TypeError('connection reset');
  }

  #refusal(): Answer {
    const status = this.#rng.pick([413, 429, 429, 500, 502, 503]);
    const headers: Record<string, string> = { 'content-type': 'text/html' };
    if (status === 429 && this.#rng.chance(0.5)) headers['retry-after'] = String(this.#rng.below(20));
    return { status, headers, text: `<h1>${status}</h1>` };
  }
}

/** What of a request is for the server; the rest is for the browser. */
function bare({ method = 'GET', headers = {}, body = null }: RequestInit): RequestInit {
  return { method, headers, body };
}

function headersOf(response: Response): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of ['content-type', 'retry-after']) {
    const value = response.headers.get(name);
    if (value !== null) kept[name] = value;
  }
  return kept;
}

function aborted(signal: AbortSignal | null): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new DOMException('The request was given up.', 'AbortError')));
  });
}
