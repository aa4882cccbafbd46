import type { Day } from '../basics.ts';
import { weekday } from '../days.ts';
import type { ActiveWindow } from '../program.ts';

/** true where a rule or reward is on. Without an hour (a look from afar) only the day decides. */
export function isActive(active: ActiveWindow | null, day: Day, hour: number | null): boolean {
  if (active === null) return true;
  const { from, to, weekdays, hours } = active;
  if (from !== null && day < from) return false;
  if (to !== null && day > to) return false;
  if (weekdays !== null && !weekdays.includes(weekday(day))) return false;
  if (hours === null || hour === null) return true;
  // From 22 to 2 is the night across midnight.
  return hours.from <= hours.to ? hour >= hours.from && hour < hours.to : hour >= hours.from || hour < hours.to;
}
