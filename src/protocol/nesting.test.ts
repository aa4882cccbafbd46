import { expect, it } from 'vitest';
import { isTooDeep } from './nesting.ts';

it('lets through what is nested as deep as it says, and no deeper', () => {
  const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
  expect([isTooDeep(nested(100)), isTooDeep(nested(101)), isTooDeep(nested(1_000_000))]).toEqual([false, true, true]);
  expect(isTooDeep({ a: { b: [1] } }, 3)).toBe(false);
  expect(isTooDeep({ a: { b: [1] } }, 2)).toBe(true);
  expect([null, 'text', 1, undefined].some((value) => isTooDeep(value, 0))).toBe(false);
});
