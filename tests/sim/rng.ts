/** Everything random in one run comes from here, so that a seed is a run. */
export interface Rng {
  /** 0 to below 1. */
  readonly next: () => number;
  /** A whole number, 0 to below `n`. */
  readonly below: (n: number) => number;
  /** A whole number, both ends included. */
  readonly between: (from: number, to: number) => number;
  readonly chance: (p: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly bytes: (n: number) => Uint8Array<ArrayBuffer>;
  /** A source of its own, so that drawing more here changes nothing there. */
  readonly fork: (name: string) => Rng;
}

/** sfc32, seeded from a number and a name. */
export function rngOf(seed: number, name = ''): Rng {
  let [a, b, c, d] = [0x9e3779b9 ^ seed, 0x243f6a88, 0xb7e15162, 1];
  for (const char of name) b = Math.imul(b ^ char.charCodeAt(0), 0x01000193);
  const word = () => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let i = 0; i < 15; i++) word();
  const next = () => word() / 2 ** 32;
  const below = (n: number) => Math.floor(next() * n);
  return {
    next,
    below,
    between: (from, to) => from + below(to - from + 1),
    chance: (p) => next() < p,
    pick: (list) => {
      const found = list[below(list.length)];
      if (found === undefined) throw new Error('nothing to pick from');
      return found;
    },
    bytes: (n) => Uint8Array.from({ length: n }, () => word() & 0xff),
    fork: (other) => rngOf(seed, `${name}/${other}`),
  };
}
