import type { OpeningHours } from '../../protocol/documents.ts';

/** A day as it is typed: two clock times, or closed. */
export interface DayHours {
  readonly open: boolean;
  readonly from: string;
  readonly to: string;
}

const DAY = 24 * 60;
const USUAL = { from: 8 * 60, to: 18 * 60 };

/** What the fields show; where nothing is set yet, a usual week to begin with. */
export function toDays(hours: OpeningHours | undefined): readonly DayHours[] {
  return Array.from({ length: 7 }, (_, weekday) => {
    const day = hours ? (hours[weekday] ?? null) : weekday === 6 ? null : USUAL;
    return { open: day !== null, from: toClock((day ?? USUAL).from), to: toClock((day ?? USUAL).to) };
  });
}

/** What is stored; who closes at or before the time of opening closes after midnight. `null`: a time is missing. */
export function fromDays(days: readonly DayHours[]): OpeningHours | null {
  const hours: ({ from: number; to: number } | null)[] = [];
  for (const { open, from, to } of days) {
    const [start, end] = [toMinutes(from), toMinutes(to)];
    if (!open) hours.push(null);
    else if (start === null || end === null) return null;
    else hours.push({ from: start, to: end <= start ? end + DAY : end });
  }
  return hours;
}

function toClock(minutes: number): string {
  const at = minutes % DAY;
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
}

function toMinutes(clock: string): number | null {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(clock) ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
}
