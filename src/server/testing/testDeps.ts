import { pino } from 'pino';
import { uuidV7 } from '../../protocol/ids.ts';
import type { Config } from '../config.ts';
import type { Deps } from '../deps.ts';
import { createLiveHub } from '../live.ts';
import { ensureEpoch } from '../store/epoch.ts';
import { openTestStore } from './testStore.ts';

/** A server's parts for tests: a database of its own, a clock that stands until it is set, randomness that repeats. */
export interface TestDeps extends Deps {
  readonly clock: { now: () => number; set: (at: number) => void; advance: (ms: number) => void };
}

/** Monday, 2 March 2026, 10:00 in Budapest. */
const TEST_START = Date.UTC(2026, 2, 2, 9, 0, 0);

export async function createTestDeps(settings: Partial<Config> = {}): Promise<TestDeps> {
  const { db } = await openTestStore();
  const random = seededRandom();
  let now = TEST_START;
  const id = () => uuidV7(now, random(10));
  await ensureEpoch(db, id());
  return {
    config: {
      mode: 'demo',
      publicUrl: 'http://localhost:8080',
      port: 8080,
      host: 'localhost',
      data: 'data',
      database: null,
      logLevel: 'silent',
      tls: null,
      trustProxy: false,
      metricsToken: null,
      ...settings,
    },
    db,
    clock: { now: () => now, set: (at) => (now = at), advance: (ms) => (now += ms) },
    random: { bytes: random, id },
    log: pino({ level: 'silent' }),
    live: createLiveHub(),
  };
}

/** The same bytes in every run: a small multiplicative generator (mulberry32). */
export function seededRandom(seed = 1): (n: number) => Uint8Array {
  let state = seed;
  return (n) =>
    Uint8Array.from({ length: n }, () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return (mixed ^ (mixed >>> 14)) & 0xff;
    });
}
