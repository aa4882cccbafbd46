import type { Clock } from '../deps.ts';

/** How often something may happen: `burst` at once, then `perSecond` again. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

export interface Limiter {
  /** Takes one from the key's bucket. 0: go on; else how many ms to wait. */
  readonly take: (key: string) => number;
  /** What `take` would say, without taking. */
  readonly peek: (key: string) => number;
  /** Puts back what was taken for something that turned out not to count. */
  readonly give: (key: string) => void;
}

/** More keys than this are not remembered at once; those that have filled up again go first. */
const MOST_KEYS = 50_000;

/** Token buckets in memory. A server process limits what it sees; processes side by side each allow their share. */
export function createLimiter(rate: Rate, clock: Clock): Limiter {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const fill = (key: string) => {
    const now = clock.now();
    const bucket = buckets.get(key) ?? { tokens: rate.burst, at: now };
    const passed = Math.max(0, now - bucket.at) / 1000;
    return { tokens: Math.min(rate.burst, bucket.tokens + passed * rate.perSecond), at: now };
  };
  const wait = (tokens: number) => (tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / rate.perSecond) * 1000));
  return {
    take: (key) => {
      const bucket = fill(key);
      const ms = wait(bucket.tokens);
      if (ms === 0) bucket.tokens -= 1;
      buckets.set(key, bucket);
      if (buckets.size > MOST_KEYS) {
        for (const known of buckets.keys()) if (fill(known).tokens >= rate.burst) buckets.delete(known);
      }
      return ms;
    },
    peek: (key) => wait(fill(key).tokens),
    give: (key) => {
      const { tokens, at } = fill(key);
      buckets.set(key, { tokens: Math.min(rate.burst, tokens + 1), at });
    },
  };
}

/** The server's limits. Generous: they stop a runaway or an attack, never a shop at its busiest. */
export const RATES = {
  /** By address; all tills of a shop share one. */
  address: { burst: 600, perSecond: 60 },
  device: { burst: 200, perSecond: 20 },
  /** Wrong pairing codes of one address: five, then one in two minutes. */
  pairing: { burst: 5, perSecond: 1 / 120 },
  /** Wrong pairing codes of everybody together: wide, so that nobody can lock a shop out by guessing. */
  pairingAll: { burst: 600, perSecond: 5 },
} as const satisfies Record<string, Rate>;

export type Rates = { readonly [K in keyof typeof RATES]: Rate };
