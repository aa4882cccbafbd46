import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, addMonths, dayNumber, dayOf, daysBetween, isDay, weekday } from './days.ts';
import { lastDay, periodOf } from './rules/periods.ts';

const numbers = fc.integer({ min: -200_000, max: 200_000 });

test('days agree with the platform calendar, there and back', () => {
  fc.assert(
    fc.property(numbers, (n) => {
      const reference = new Date(n * 86_400_000);
      expect(dayOf(n)).toBe(reference.toISOString().slice(0, 10));
      expect(dayNumber(dayOf(n))).toBe(n);
      expect(weekday(dayOf(n))).toBe(reference.getUTCDay() === 0 ? 7 : reference.getUTCDay());
    }),
  );
});

test('months are clamped to their end, years to 28 February', () => {
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
  expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
  expect(addMonths('2026-11-30', 3)).toBe('2027-02-28');
  expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
  expect(lastDay('2024-02-29', { n: 1, unit: 'year' })).toBe('2025-02-28');
  expect(lastDay('2026-12-31', { n: 1, unit: 'day' })).toBe('2027-01-01');
  expect(lastDay('2026-12-31', null)).toBeNull();
});

test('days between, across leap years', () => {
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
  expect(daysBetween('2026-03-01', '2026-02-28')).toBe(-1);
  expect(addDays('2025-12-31', 366)).toBe('2027-01-01');
});

test('periods are named and bounded; ISO weeks belong to the year of their Thursday', () => {
  expect(periodOf('2027-01-01', 'week')).toEqual({ key: '2026-W53', from: '2026-12-28', to: '2027-01-03' });
  expect(periodOf('2024-12-30', 'week').key).toBe('2025-W01');
  expect(periodOf('2026-08-15', 'quarter')).toEqual({ key: '2026-Q3', from: '2026-07-01', to: '2026-09-30' });
  expect(periodOf('2026-08-15', 'halfYear')).toEqual({ key: '2026-H2', from: '2026-07-01', to: '2026-12-31' });
  expect(periodOf('2024-02-10', 'month')).toEqual({ key: '2024-02', from: '2024-02-01', to: '2024-02-29' });
  expect(periodOf('2024-02-10', 'year')).toEqual({ key: '2024', from: '2024-01-01', to: '2024-12-31' });
  expect(periodOf('2024-02-10', 'day')).toEqual({ key: '2024-02-10', from: '2024-02-10', to: '2024-02-10' });
});

test('only days that the calendar has are days', () => {
  expect(['2024-02-29', '2026-12-31'].every(isDay)).toBe(true);
  expect(['2026-02-29', '2026-13-01', '2026-00-10', '26-1-1', ''].some(isDay)).toBe(false);
});
