import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { BUCKETS, bucketOf, bucketsOfPage, pageOf } from './pages.ts';

it('puts every member on exactly one page, the one whose buckets hold it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 5000 }), (member, pages) => {
      const page = pageOf(member, pages);
      const { from, to } = bucketsOfPage(page, pages);
      expect(page).toBeLessThan(pages);
      expect(bucketOf(member)).toBeGreaterThanOrEqual(from);
      expect(bucketOf(member)).toBeLessThan(to);
    }),
  );
});

it('leaves no bucket out', () => {
  for (const pages of [1, 2, 3, 167, 1000]) {
    let next = 0;
    for (let page = 0; page < pages; page++) {
      const { from, to } = bucketsOfPage(page, pages);
      expect(from).toBe(next);
      next = to;
    }
    expect(next).toBe(BUCKETS);
  }
});

it('cuts a page that is cut further into parts that hold its members and nobody else', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 5000 }), (member, pages) => {
      expect(Math.floor(pageOf(member, pages * 8) / 8)).toBe(pageOf(member, pages));
    }),
  );
});
