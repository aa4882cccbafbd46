import { expect, test } from 'vitest';
import { fromDays, toDays } from './hours.ts';

const closed = [null, null, null, null, null, null];

test('hours come back as they were set', () => {
  const hours = [{ from: 450, to: 1080 }, ...closed];
  expect(fromDays(toDays(hours))).toEqual(hours);
  expect(toDays(hours)[0]).toEqual({ open: true, from: '07:30', to: '18:00' });
});

test('a bar that closes after midnight', () => {
  const days = toDays(undefined).map((day) => ({ ...day, open: true, from: '16:00', to: '02:00' }));
  expect(fromDays(days)?.[4]).toEqual({ from: 960, to: 1560 });
  expect(fromDays(toDays(fromDays(days) ?? undefined))).toEqual(fromDays(days));
});

test('a missing time is no opening hours; on a closed day it does not matter', () => {
  const days = toDays(undefined);
  expect(fromDays(days.map((day) => ({ ...day, from: '' })))).toBeNull();
  expect(fromDays(days.map((day) => ({ ...day, open: false, from: '' })))).toEqual([...closed, null]);
});
