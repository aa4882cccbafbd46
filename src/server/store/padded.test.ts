import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { padded } from './padded.ts';

it('holds the same values, in the length of a power of two', () => {
  expect(padded([])).toEqual([]);
  expect(padded(['a'])).toEqual(['a']);
  expect(padded(['a', 'b', 'c'])).toEqual(['a', 'b', 'c', 'c']);
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 300 }), (values) => {
      const list = padded(values);
      expect(list.slice(0, values.length)).toEqual(values);
      expect(new Set(list)).toEqual(new Set(values));
      expect(Number.isInteger(Math.log2(list.length))).toBe(true);
      expect(list.length).toBeLessThan(2 * values.length);
    }),
  );
});
