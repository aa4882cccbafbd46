import type { Kysely } from 'kysely';
import type { Pool } from 'pg';
import type { Schema } from '../../schema.ts';

/** What can be measured of a pool of connections. */
export interface StoreMeter {
  readonly pool: () => { readonly size: number; readonly idle: number; readonly waiting: number };
  /** Called by the driver after each round trip, with seconds. */
  readonly roundTrip: (seconds: number) => void;
  /** Hears of every round trip from now on. */
  readonly listen: (listener: (seconds: number) => void) => void;
}

const meters = new WeakMap<Kysely<Schema>, StoreMeter>();

/** Measures a pool: its connections, and each round trip as it ends. */
export function createMeter(pool: Pool): StoreMeter {
  const listeners: ((seconds: number) => void)[] = [];
  return {
    pool: () => ({ size: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    roundTrip: (seconds) => {
      for (const listener of listeners) listener(seconds);
    },
    listen: (listener) => listeners.push(listener),
  };
}

/** Keeps a database's meter beside it, for `meterOf`. */
export function rememberMeter(db: Kysely<Schema>, meter: StoreMeter): void {
  meters.set(db, meter);
}

/** `null`: SQLite, which has no connections to count. */
export function meterOf(db: Kysely<Schema>): StoreMeter | null {
  return meters.get(db) ?? null;
}
