import { expect, it } from 'vitest';
import { pairCodeIn } from './pairCode.ts';

it('finds the code in an address, in a fragment, and nowhere else', () => {
  expect(pairCodeIn('https://shop.example/till/#pair=ABCD2345')).toBe('ABCD2345');
  expect(pairCodeIn('#pair=ABCD-2345')).toBe('ABCD-2345');
  expect(pairCodeIn('https://shop.example/c/ABCD')).toBeNull();
  expect(pairCodeIn('#pair=%E0%A4%A')).toBeNull();
});
