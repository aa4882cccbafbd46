import { seededRandom } from '../../src/server/testing/testDeps.ts';

/** Random decisions that are the same for the same seed. */
export interface Chance {
  /** A number from 0 up to 1. */
  readonly share: () => number;
  /** A whole number from `from` to `to`, both included. */
  readonly whole: (from: number, to: number) => number;
  readonly pick: <T>(items: readonly [T, ...T[]]) => T;
  readonly bytes: (n: number) => Uint8Array;
}

export function chanceOf(seed: number): Chance {
  const bytes = seededRandom(seed);
  const share = () => new DataView(bytes(4).buffer).getUint32(0) / 2 ** 32;
  const whole = (from: number, to: number) => from + Math.floor(share() * (to - from + 1));
  return { share, whole, bytes, pick: (items) => items[whole(0, items.length - 1)] ?? items[0] };
}
