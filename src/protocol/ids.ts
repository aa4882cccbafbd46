import { toHex } from './bytes.ts';

/**
 * A UUIDv7 from a given time (ms since 1970) and at least 10 random bytes; the rest of the world stays outside, so that
 * tests decide both. Ids name things and sort roughly by time for the sake of indexes; nothing is ever ordered by them.
 */
export function uuidV7(at: number, random: Uint8Array): string {
  if (random.length < 10) throw new RangeError('a UUIDv7 needs 10 random bytes');
  const bytes = new Uint8Array(16);
  let rest = Math.max(0, Math.trunc(at));
  for (let i = 5; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = toHex(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
