import type { Day } from '../basics.ts';
import { addDays, weekday } from '../days.ts';
import { balance } from '../fold/lots.ts';
import { periodOf } from './periods.ts';
import type { Counter, Window } from '../program.ts';
import { countOf } from '../records.ts';
import type { Bucket, MemberState } from '../state.ts';

/** What a counter says on a day. Units are the balance; all else is read from the base buckets. */
export function count(state: MemberState, counter: Counter, day: Day): number {
  switch (counter.kind) {
    case 'unit':
      return balance(state, counter.unit, day);
    case 'visits':
      return sumOver(state, counter.window, day, (bucket) => bucket.visits);
    case 'spend':
      return sumOver(state, counter.window, day, (bucket) => bucket.spend);
    case 'quantity': {
      const { category } = counter;
      return sumOver(state, counter.window, day, (bucket) =>
        category === null ? total(bucket.items) : countOf(bucket.items, category),
      );
    }
    case 'distinctCategories': {
      const seen = new Set<string>();
      sumOver(state, counter.window, day, (bucket) => {
        for (const [category, n] of Object.entries(bucket.items)) if (n > 0) seen.add(category);
        return 0;
      });
      return seen.size;
    }
    case 'streak':
      return streakOf(state, counter.of, day).length;
    default:
      return 0;
  }
}

/** The days that a window covers on a day; `null`: all time. */
export function rangeOf(window: Window, day: Day): { readonly from: Day; readonly to: Day } | null {
  switch (window.kind) {
    case 'rolling':
      return { from: addDays(day, 1 - Math.max(1, window.days)), to: day };
    case 'calendar':
      return periodOf(day, window.of);
    default:
      return null;
  }
}

/** How many periods in a row, up to the one of `day`, saw a visit; and the first day of the first of them. */
export function streakOf(
  state: MemberState,
  of: 'day' | 'week' | 'month',
  day: Day,
): { readonly length: number; readonly from: Day } {
  const periods = new Set<string>();
  for (const [visited, bucket] of Object.entries(state.days)) {
    if (bucket.visits > 0 && visited <= day) periods.add(startOf(visited, of));
  }
  let length = 0;
  let from = day;
  for (let start = startOf(day, of); periods.has(start); start = startOf(addDays(start, -1), of)) {
    length += 1;
    from = start;
  }
  return { length, from };
}

function startOf(day: Day, of: 'day' | 'week' | 'month'): Day {
  if (of === 'day') return day;
  return of === 'month' ? `${day.slice(0, 8)}01` : addDays(day, 1 - weekday(day));
}

function sumOver(state: MemberState, window: Window, day: Day, of: (bucket: Bucket) => number): number {
  const range = rangeOf(window, day);
  let sum = 0;
  for (const key in state.days) {
    const bucket = state.days[key];
    if (bucket !== undefined && (range === null || (key >= range.from && key <= range.to))) sum += of(bucket);
  }
  for (const key in state.months) {
    const bucket = state.months[key];
    if (bucket !== undefined && (range === null || (key >= range.from.slice(0, 7) && key < range.to.slice(0, 7)))) {
      sum += of(bucket);
    }
  }
  return sum;
}

function total(items: Readonly<Record<string, number>>): number {
  let sum = 0;
  for (const n of Object.values(items)) sum += n;
  return sum;
}
