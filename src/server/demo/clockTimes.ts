import type { Day, Instant } from '../../loyalty/basics.ts';
import { hourOf } from '../../protocol/day.ts';

const HOUR_MS = 3_600_000;

/** The instant at which the clock of a time zone shows `minutes` after midnight of a day. */
export function instantAt(day: Day, minutes: number, timeZone: string): Instant {
  const utc = Date.parse(`${day}T00:00:00Z`) + minutes * 60_000;
  const shown = hourOf(utc, timeZone);
  const ahead = (shown - new Date(utc).getUTCHours() + 24) % 24;
  return utc - (ahead > 12 ? ahead - 24 : ahead) * HOUR_MS;
}

export function dayBefore(day: Day, n: number): Day {
  return new Date(Date.parse(`${day}T12:00:00Z`) - n * 24 * HOUR_MS).toISOString().slice(0, 10);
}
