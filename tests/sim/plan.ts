import type { Rng } from './rng.ts';

/** What the seed decides before anything happens: how large the world is, and how much goes wrong in it. */
export interface Plan {
  readonly tills: number;
  readonly businesses: number;
  readonly members: number;
  readonly acts: number;
  readonly processes: number;
  /** How large a part of the rare things may happen in this world. */
  readonly rarity: number;
  /** The tills' own loops run; else rounds of sync are acts. */
  readonly loops: boolean;
  /** How often messages overtake what a page does. */
  readonly hurry: number;
  /** Longest wait of a server transaction, ms. */
  readonly latency: number;
  readonly rates: Rates;
}

/** How often each thing goes wrong, 0 to 1, per chance of it. */
export type Rates = Readonly<Record<keyof typeof HIGHEST, number>>;

const HIGHEST = {
  // of each request
  requestLost: 0.3,
  answerLost: 0.3,
  duplicated: 0.2,
  slow: 0.3,
  truncated: 0.1,
  portal: 0.15,
  refused: 0.2,
  serverDies: 0.05,
  // of each act at a till
  crash: 0.15,
  quota: 0.1,
  connectionLost: 0.2,
  wordLost: 0.3,
  // of each step between acts
  offline: 0.15,
  pageCloses: 0.1,
} as const;

/** A world drawn from a seed. Each fault is absent in a quarter of the worlds, so that others show alone. */
export function planOf(rng: Rng): Plan {
  const large = rng.chance(0.05);
  const tills = large ? rng.between(4, 12) : rng.between(1, 3);
  const calm = rng.chance(0.1);
  const rates = Object.fromEntries(
    Object.entries(HIGHEST).map(([name, most]) => {
      const absent = rng.chance(0.25);
      const rate = rng.next() ** 2 * most;
      return [name, calm || absent ? 0 : rate];
    }),
  ) as Rates;
  return {
    tills,
    businesses: rng.chance(0.3) ? Math.min(tills, rng.between(2, 3)) : 1,
    members: large ? rng.between(3, 20) : rng.between(1, 4),
    acts: large ? rng.between(60, 120) : rng.between(15, 60),
    processes: rng.chance(0.5) ? 2 : 1,
    rarity: calm ? 0 : rng.pick([0.1, 0.3, 0.6]),
    loops: rng.chance(0.2),
    hurry: rng.pick([0, 0.05, 0.3]),
    latency: rng.pick([0, 0, 20, 300]),
    rates,
  };
}
