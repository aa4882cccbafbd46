import type { Day } from '../../loyalty/basics.ts';
import { dayOf } from '../../protocol/day.ts';
import type { Event } from '../../protocol/event.ts';
import type { Batch } from './batch/batch.ts';

/**
 * The day on which an event counts: the till's own, but never before the newest thing of the server's that the till had
 * seen when it decided, and never after the arrival. So a wrong clock can neither revive what has ended nor reach ahead.
 */
export function effectiveDay(batch: Batch, event: Pick<Event, 'day' | 'basis'>): Day {
  const { timeZone, cutOverHour } = batch.shop;
  const arrival = dayOf(batch.now, timeZone, cutOverHour);
  if (event.day > arrival) return arrival;
  const seen = event.basis.epoch === batch.epoch ? batch.basisTimes.get(event.basis.gseq) : undefined;
  if (seen === undefined) return event.day;
  const earliest = dayOf(seen, timeZone, cutOverHour);
  return event.day < earliest ? earliest : event.day;
}
