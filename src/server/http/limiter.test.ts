import { expect, it } from 'vitest';
import { createLimiter } from './limiter.ts';

it('lets a burst through, then as many as come back, each key for itself', () => {
  let now = 0;
  const limiter = createLimiter({ burst: 2, perSecond: 0.5 }, { now: () => now });
  expect([limiter.take('a'), limiter.take('a'), limiter.take('a')]).toEqual([0, 0, 2000]);
  expect(limiter.take('b')).toBe(0);
  expect(limiter.peek('a')).toBe(2000);
  now = 1500;
  expect(limiter.take('a')).toBe(500);
  now = 2000;
  expect(limiter.peek('a')).toBe(0);
  expect([limiter.take('a'), limiter.take('a')]).toEqual([0, 2000]);
  now = -5000;
  expect(limiter.take('a')).toBeGreaterThan(0);
});
