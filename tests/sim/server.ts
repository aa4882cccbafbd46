import { Kysely } from 'kysely';
import { pino } from 'pino';
import { uuidV7 } from '../../src/protocol/ids.ts';
import { createApp } from '../../src/server/app.ts';
import type { Deps } from '../../src/server/deps.ts';
import { createLiveHub } from '../../src/server/live.ts';
import type { Schema } from '../../src/server/store/schema.ts';
import { retryQuarantine } from '../../src/server/usecases/retryQuarantine.ts';
import { SharedDatabase } from './database.ts';
import type { Rng } from './rng.ts';
import { simVerify } from './signatures.ts';
import { time } from './virtualTime.ts';

const CALM = { burst: 1e9, perSecond: 1e9 };
const RATES = { address: CALM, device: CALM, pairing: CALM, pairingAll: CALM };
const QUIET = pino({ level: 'silent' });

/** One server process: its own memory over the common database. */
export interface Process {
  readonly name: string;
  readonly deps: Deps;
  readonly request: (path: string, init: RequestInit) => Promise<Response>;
  alive: boolean;
  /** Streams that it holds open; they break with it. */
  readonly streams: Set<() => void>;
  /** Dies at the n-th of these moments from now. */
  doom: { readonly moment: 'query' | 'commit' | 'committed'; left: number } | null;
}

/** The server side of the world: the database and the processes over it. */
export class Servers {
  database: SharedDatabase;
  readonly processes: Process[] = [];
  readonly #rng: Rng;
  readonly #latency: number;
  readonly #died: (process: Process, moment: string) => void;
  #count = 0;

  /** @param latency longest wait of a transaction for the database, in ms; 0: none */
  constructor(bytes: Buffer, rng: Rng, latency: number, died: (process: Process, moment: string) => void) {
    this.database = new SharedDatabase(bytes);
    this.#rng = rng;
    this.#latency = latency;
    this.#died = died;
  }

  start(): Process {
    const name = `server-${++this.#count}`;
    const rng = this.#rng.fork(name);
    const bytes = (n: number) => rng.bytes(n);
    const process: Process = {
      name,
      alive: true,
      streams: new Set(),
      doom: null,
      deps: {
        config: {
          mode: 'live',
          publicUrl: 'https://shop.example',
          port: 443,
          host: '::',
          data: 'none',
          database: null,
          logLevel: 'silent',
          tls: null,
          trustProxy: false,
          metricsToken: null,
        },
        db: new Kysely<Schema>({
          dialect: this.database.dialect({
            alive: () => process.alive,
            at: (moment) => this.#fate(process, moment),
            latency: () => (this.#latency === 0 ? null : time.sleep(rng.below(this.#latency))),
          }),
        }),
        clock: { now: () => time.now },
        random: { bytes, id: () => uuidV7(time.now, rng.bytes(10)) },
        log: QUIET,
        live: createLiveHub(),
      },
      request: async (path, init) => app.request(path, init),
    };
    const app = createApp(process.deps, { rates: RATES, verify: simVerify });
    this.processes.push(process);
    return process;
  }

  /** One that is up; starts one where none is. */
  any(rng: Rng): Process {
    const up = this.processes.filter((process) => process.alive);
    return up.length === 0 ? this.start() : rng.pick(up);
  }

  kill(process: Process): void {
    process.alive = false;
    for (const breakOff of process.streams) breakOff();
    this.processes.splice(this.processes.indexOf(process), 1);
  }

  /** All processes end, and new ones go on with another database. */
  replace(bytes: Buffer, processes: number): void {
    for (const process of Array.from(this.processes)) this.kill(process);
    this.database.sqlite.close();
    this.database = new SharedDatabase(bytes);
    for (let n = 0; n < processes; n++) this.start();
  }

  end(): void {
    for (const process of Array.from(this.processes)) this.kill(process);
    this.database.sqlite.close();
  }

  /** What a server does when it starts with a new version. */
  async upgraded(): Promise<number> {
    return retryQuarantine(this.any(this.#rng).deps);
  }

  #fate(process: Process, moment: 'query' | 'commit' | 'committed'): void {
    const { doom } = process;
    if (doom === null || doom.moment !== moment || doom.left-- > 0) return;
    this.kill(process);
    this.#died(process, moment);
  }
}
