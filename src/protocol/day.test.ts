import { describe, expect, it } from 'vitest';
import { dayOf, hourOf } from './day.ts';

const BUDAPEST = 'Europe/Budapest';

describe('dayOf', () => {
  it.each([
    ['2026-03-02T09:00:00Z', 4, '2026-03-02', 10],
    ['2026-03-02T02:59:00Z', 4, '2026-03-01', 3],
    ['2026-03-02T03:00:00Z', 4, '2026-03-02', 4],
    ['2026-03-01T23:30:00Z', 0, '2026-03-02', 0],
    // Clocks go forward at 02:00 on 29 March 2026 and back at 03:00 on 25 October.
    ['2026-03-29T01:30:00Z', 4, '2026-03-28', 3],
    ['2026-03-29T02:00:00Z', 4, '2026-03-29', 4],
    ['2026-10-25T00:30:00Z', 4, '2026-10-24', 2],
    ['2026-10-25T01:30:00Z', 4, '2026-10-24', 2],
    ['2026-01-01T01:00:00Z', 4, '2025-12-31', 2],
  ])('%s with cut-over at %i is %s', (at, cutOver, day, hour) => {
    expect(dayOf(Date.parse(at), BUDAPEST, cutOver)).toBe(day);
    expect(hourOf(Date.parse(at), BUDAPEST)).toBe(hour);
  });

  it('knows zones with odd offsets, and no zone that does not exist', () => {
    expect(hourOf(Date.parse('2026-03-02T18:14:00Z'), 'Asia/Kathmandu')).toBe(23);
    expect(dayOf(Date.parse('2026-03-02T18:15:00Z'), 'Asia/Kathmandu', 0)).toBe('2026-03-03');
    expect(() => dayOf(0, 'Mars/Olympus', 0)).toThrow(RangeError);
  });
});
