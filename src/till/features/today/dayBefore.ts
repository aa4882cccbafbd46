import type { Day } from '../../../loyalty/basics.ts';

/** The day so many days before (after, where negative). Calendar days, so no clock change can skip one. */
export const dayBefore = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T12:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
