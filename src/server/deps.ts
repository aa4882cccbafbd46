import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Instant } from '../loyalty/basics.ts';
import type { Config } from './config.ts';
import type { LiveHub } from './live.ts';
import type { Schema } from './store/schema.ts';

export interface Clock {
  /** Milliseconds since 1970 UTC. */
  readonly now: () => Instant;
}

export interface Random {
  readonly bytes: (n: number) => Uint8Array;
  /** A new UUIDv7. */
  readonly id: () => string;
}

/** What the server works with. Use cases name only the parts they need: `Pick<Deps, 'db' | 'clock'>`. */
export interface Deps {
  readonly config: Config;
  readonly db: Kysely<Schema>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly live: LiveHub;
  /**
   * Lets what has arrived by now be heard before something begins, so that it can be done together; where it is missing
   * nothing is waited for.
   */
  readonly turn?: () => Promise<void>;
}
