import type { Kysely } from 'kysely';
import type { Day } from '../../loyalty/basics.ts';
import type { Fact } from '../../loyalty/facts.ts';
import type { Event } from '../../protocol/event.ts';
import type { EventRow } from './tables/ledgerTables.ts';
import type { Schema } from './schema.ts';

export type DayRow = Pick<EventRow, 'gseq' | 'bytes' | 'booked' | 'flags' | 'member'>;

/** Every entry whose effective day this is, in the order of the ledger. */
export async function eventsOfDay(db: Kysely<Schema>, business: string, day: Day): Promise<DayRow[]> {
  return db
    .selectFrom('events')
    .select(['gseq', 'bytes', 'booked', 'flags', 'member'])
    .where('business', '=', business)
    .where('day', '=', day)
    .orderBy('gseq')
    .execute();
}

/** Entries by their ids, as they were recorded. */
export async function eventsById(db: Kysely<Schema>, business: string, ids: readonly string[]): Promise<Event[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('events')
    .select('bytes')
    .where('business', '=', business)
    .where('id', 'in', ids.slice(0, 500))
    .execute();
  return rows.map((row) => JSON.parse(row.bytes) as Event);
}

/** A page of the ledger after `gseq`, in its order. */
export async function ledgerPage(
  db: Kysely<Schema>,
  business: string,
  after: number,
  limit: number,
): Promise<EventRow[]> {
  return db
    .selectFrom('events')
    .selectAll()
    .where('business', '=', business)
    .where('gseq', '>', after)
    .orderBy('gseq')
    .limit(limit)
    .execute();
}

/** Voids and refunds since a day: they can only concern that day or a later one, or an earlier one that is not asked for. */
export async function reversalsSince(db: Kysely<Schema>, business: string, day: Day): Promise<Fact[]> {
  const rows = await db
    .selectFrom('events')
    .select('bytes')
    .where('business', '=', business)
    .where('day', '>=', day)
    .where('kind', 'in', ['voided', 'refunded'])
    .execute();
  return rows.map((row) => (JSON.parse(row.bytes) as Event).fact);
}

/** Sales and redemptions that stand, by day, from a day on. */
export async function countByDay(
  db: Kysely<Schema>,
  business: string,
  from: Day,
  voided: ReadonlySet<string>,
): Promise<Map<Day, { sales: number; redemptions: number }>> {
  const rows = await db
    .selectFrom('events')
    .select(['id', 'day', 'kind'])
    .where('business', '=', business)
    .where('day', '>=', from)
    .where('kind', 'in', ['sale', 'redeemed'])
    .execute();
  const byDay = new Map<Day, { sales: number; redemptions: number }>();
  for (const { id, day, kind } of rows) {
    if (voided.has(id)) continue;
    const count = byDay.get(day) ?? { sales: 0, redemptions: 0 };
    count[kind === 'sale' ? 'sales' : 'redemptions'] += 1;
    byDay.set(day, count);
  }
  return byDay;
}
