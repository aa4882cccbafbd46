/** Chance that is the same each time: the demo shows everybody the same shop. */
export interface Chance {
  /** An integer from 0 to `n` - 1. */
  readonly below: (n: number) => number;
  /** true in `percent` of 100 cases. */
  readonly in100: (percent: number) => boolean;
  readonly pick: <T>(of: readonly [T, ...T[]]) => T;
  readonly bytes: (n: number) => Uint8Array;
}

/** Mulberry32: small, and good enough to invent a cafe. */
export function createChance(seed: number): Chance {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (n: number) => next() % n;
  return {
    below,
    in100: (percent) => below(100) < percent,
    pick: (of) => of[below(of.length)] ?? of[0],
    bytes: (n) => Uint8Array.from({ length: n }, () => below(256)),
  };
}
