import type { Day, Instant } from '../../../../loyalty/basics.ts';
import { dayOf } from '../../../../protocol/day.ts';
import type { OpeningHours } from '../../../../protocol/documents.ts';
import type { Event } from '../../../../protocol/event.ts';
import type { OfficePattern } from '../../../../protocol/office/officeApi.ts';
import type { Deps } from '../../../deps.ts';
import { getDocument, listDocuments } from '../../../store/documents.ts';
import { type DayRow, eventsOfDay } from '../../../store/reports.ts';
import { readNames } from '../names.ts';
import { findPatterns, type Pattern, type PatternAct } from './findPatterns.ts';

const SCANNED: ReadonlySet<string> = new Set(['rotating', 'static', 'printed']);
const DAY_MS = 86_400_000;

/**
 * What is worth a look and not settled: of a day, or, where none is given, of today and the day before, since an owner
 * looks in the morning.
 */
export async function readPatterns(
  deps: Pick<Deps, 'db' | 'clock'>,
  business: string,
  day: Day | null,
): Promise<readonly OfficePattern[]> {
  const shop = await getDocument(deps.db, business, 'business', business);
  const timeZone = shop?.timeZone ?? 'UTC';
  const today = dayOf(deps.clock.now(), timeZone, shop?.cutOverHour ?? 0);
  const hours = new Map(
    (await listDocuments(deps.db, business, 'location')).map((one): [string, OpeningHours | null] => [
      one.id,
      one.hours ?? null,
    ]),
  );
  const minutesAt = wallClock(timeZone);
  const patterns: Pattern[] = [];
  for (const one of day === null ? [today, dayBefore(today)] : [day]) {
    const rows = await eventsOfDay(deps.db, business, one);
    const acts = rows.flatMap((row) => actOf(row, one, minutesAt) ?? []);
    patterns.push(...findPatterns(one, acts, (location) => hours.get(location) ?? null));
  }
  if (patterns.length === 0) return [];
  const settled = await settledAmong(deps, business, patterns);
  const open = patterns.filter(({ id }) => !settled.has(id));
  const names = await readNames(
    deps.db,
    business,
    open.flatMap(({ member }) => member ?? []),
  );
  return open.map(({ staff, device, member, ...rest }) => ({
    ...rest,
    staff: names.staff(staff),
    till: names.till(device),
    member: names.member(member),
  }));
}

/** "It's fine": remembered, so that the same is not shown again. */
export async function settlePattern(
  deps: Pick<Deps, 'db' | 'clock'>,
  business: string,
  account: string,
  id: string,
): Promise<void> {
  await deps.db
    .insertInto('settled_patterns')
    .values({ business, id, account, at: deps.clock.now() })
    .onConflict((c) => c.columns(['business', 'id']).doNothing())
    .execute();
}

async function settledAmong(
  deps: Pick<Deps, 'db'>,
  business: string,
  patterns: readonly Pattern[],
): Promise<ReadonlySet<string>> {
  const rows = await deps.db
    .selectFrom('settled_patterns')
    .select('id')
    .where('business', '=', business)
    .where(
      'id',
      'in',
      patterns.map(({ id }) => id),
    )
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** `null` for what nobody at a counter did. */
function actOf(row: DayRow, day: Day, minutesAt: (day: Day, at: Instant) => number): PatternAct | null {
  const event = JSON.parse(row.bytes) as Event;
  const { fact, staff, device, location, credential } = event;
  if (staff === null || device === 'server') return null;
  const at = event.at + (event.skew ?? 0);
  return {
    event: event.id,
    at,
    minutes: minutesAt(day, at),
    staff,
    device,
    location,
    member: row.member,
    kind: fact.kind,
    scanned: credential !== null && SCANNED.has(credential.kind),
    target: fact.kind === 'voided' || fact.kind === 'refunded' ? fact.target : null,
  };
}

/** Minutes since midnight of a shop's day, by the clock on its wall. */
function wallClock(timeZone: string): (day: Day, at: Instant) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', hour: 'numeric', minute: 'numeric' });
  return (day, at) => {
    let minutes = 0;
    for (const { type, value } of format.formatToParts(at)) {
      if (type === 'hour') minutes += Number(value) * 60;
      if (type === 'minute') minutes += Number(value);
    }
    return dayOf(at, timeZone, 0) > day ? minutes + 1440 : minutes;
  };
}

const dayBefore = (day: Day): Day => new Date(Date.parse(`${day}T12:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
