import { expect, it } from 'vitest';
import { uuidV7 } from './ids.ts';

it('writes time, version and variant where a UUIDv7 has them', () => {
  const id = uuidV7(0x0123_4567_89ab, new Uint8Array(10).fill(0xff));
  expect(id).toBe('01234567-89ab-7fff-bfff-ffffffffffff');
  expect(uuidV7(1, new Uint8Array(10))).toBe('00000000-0001-7000-8000-000000000000');
  expect(() => uuidV7(0, new Uint8Array(9))).toThrow(RangeError);
});
