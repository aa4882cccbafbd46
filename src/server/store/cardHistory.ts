import type { Kysely } from 'kysely';
import type { Effect } from '../../loyalty/effects.ts';
import type { Event } from '../../protocol/event.ts';
import type { Schema } from './schema.ts';

/** The last events that were booked for a member (and its aliases), the newest first. */
export async function readHistory(
  db: Kysely<Schema>,
  business: string,
  members: readonly string[],
  limit: number,
): Promise<{ event: Event; day: string; booked: readonly Effect[] }[]> {
  const rows = await db
    .selectFrom('events')
    .select(['bytes', 'day', 'booked'])
    .where('business', '=', business)
    .where('member', 'in', members)
    .orderBy('gseq', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    event: JSON.parse(row.bytes) as Event,
    day: row.day,
    booked: JSON.parse(row.booked) as readonly Effect[],
  }));
}
