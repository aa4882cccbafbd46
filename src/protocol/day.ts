import type { Day, Instant } from '../loyalty/basics.ts';

/** A moment as the shop sees it. */
interface ShopTime {
  readonly day: Day;
  /** 0 to 23, of the wall clock (not shifted by the cut-over hour). */
  readonly hour: number;
}

const QUARTER = 15 * 60_000;
const formatters = new Map<string, Intl.DateTimeFormat>();
/** Every zone's offset is a multiple of a quarter of an hour, so one answer serves the whole quarter. */
const known = new Map<string, ShopTime>();

/**
 * Day and hour of an instant in the shop's time zone. With a cut-over hour of 4, a sale at 02:30 belongs to the day before.
 * Throws a RangeError for a time zone that the platform does not know.
 */
function shopTime(instant: Instant, timeZone: string, cutOverHour: number): ShopTime {
  const key = `${timeZone}/${cutOverHour}/${Math.floor(instant / QUARTER)}`;
  const hit = known.get(key);
  if (hit) return hit;
  const local = parts(instant, timeZone);
  const start = Date.UTC(local.year, local.month - 1, local.day) - (local.hour < cutOverHour ? 86_400_000 : 0);
  const time = { day: new Date(start).toISOString().slice(0, 10), hour: local.hour };
  if (known.size > 2000) known.clear();
  known.set(key, time);
  return time;
}

/** The shop's day of an instant; see `shopTime`. */
export function dayOf(instant: Instant, timeZone: string, cutOverHour: number): Day {
  return shopTime(instant, timeZone, cutOverHour).day;
}

/** The hour of the shop's wall clock, 0 to 23. */
export function hourOf(instant: Instant, timeZone: string): number {
  return shopTime(instant, timeZone, 0).hour;
}

function parts(instant: Instant, timeZone: string) {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
    });
    formatters.set(timeZone, formatter);
  }
  const out = { year: 0, month: 0, day: 0, hour: 0 };
  for (const { type, value } of formatter.formatToParts(instant)) {
    if (type === 'year' || type === 'month' || type === 'day' || type === 'hour') out[type] = Number(value);
  }
  return out;
}
