import type { Day } from '../basics.ts';
import { addDays, addMonths, dayNumber, daysInMonth, format, monthOf, weekdayOfNumber, yearOf } from '../days.ts';

export type Period = 'day' | 'week' | 'month' | 'quarter' | 'halfYear' | 'year';

/** A calendar period: its name (`2026-W05`, `2026-Q1`, `2026-H2` ...), first and last day. */
export interface Span {
  readonly key: string;
  readonly from: Day;
  readonly to: Day;
}

/** The calendar period that holds a day. Weeks are ISO weeks: Monday first, named after the year of their Thursday. */
export function periodOf(day: Day, period: Period): Span {
  switch (period) {
    case 'day':
      return { key: day, from: day, to: day };
    case 'week':
      return weekOf(day);
    case 'month':
      return monthsOf(day, 1, (year, n) => `${year}-${String(n).padStart(2, '0')}`);
    case 'quarter':
      return monthsOf(day, 3, (year, n) => `${year}-Q${n}`);
    case 'halfYear':
      return monthsOf(day, 6, (year, n) => `${year}-H${n}`);
    case 'year':
      return monthsOf(day, 12, (year) => year);
  }
}

function weekOf(day: Day): Span {
  const number = dayNumber(day);
  const from = addDays(day, 1 - weekdayOfNumber(number));
  const thursday = addDays(from, 3);
  const year = yearOf(thursday);
  const week = Math.floor((dayNumber(thursday) - dayNumber(format(year, 1, 1))) / 7) + 1;
  return {
    key: `${String(year).padStart(4, '0')}-W${String(week).padStart(2, '0')}`,
    from,
    to: addDays(from, 6),
  };
}

function monthsOf(day: Day, size: number, name: (year: string, n: number) => string): Span {
  const year = yearOf(day);
  const n = Math.floor((monthOf(day) - 1) / size) + 1;
  const first = (n - 1) * size + 1;
  const last = n * size;
  return {
    key: name(day.slice(0, 4), n),
    from: format(year, first, 1),
    to: format(year, last, daysInMonth(year, last)),
  };
}

/** The last day on which something earned on `from` counts. */
export function lastDay(
  from: Day,
  expiry: { readonly n: number; readonly unit: 'day' | 'month' | 'year' } | null,
): Day | null {
  if (expiry === null) return null;
  if (expiry.unit === 'day') return addDays(from, expiry.n);
  return addMonths(from, expiry.unit === 'month' ? expiry.n : expiry.n * 12);
}
