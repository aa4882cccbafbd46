import type { Day, Text } from '../../../loyalty/basics.ts';
import type { Effect } from '../../../loyalty/effects.ts';
import { standingOf } from '../../../loyalty/fold/strikes.ts';
import type { Event, ExceptionRecord } from '../../../protocol/event.ts';
import { dayFigures, reversalsOf } from '../../../protocol/office/dayFigures.ts';
import type { DayEntry, Reversals } from '../../../protocol/office/dayFigures.ts';
import { dayOf } from '../../../protocol/day.ts';
import type { OfficeException, OfficeRedemption, OfficeToday } from '../../../protocol/office/officeApi.ts';
import { settledEvents } from '../../../protocol/settledEvents.ts';
import type { Deps } from '../../deps.ts';
import { getDocument, listDocuments } from '../../store/documents.ts';
import { countMembers } from '../../store/members.ts';
import { countByDay, eventsById, eventsOfDay, reversalsSince } from '../../store/reports.ts';
import type { DayRow } from '../../store/reports.ts';
import { readMember } from '../../store/members.ts';
import { readNames } from './names.ts';
import type { Names } from './names.ts';
import { readCatalog } from './catalog.ts';
import type { Catalog } from './catalog.ts';
import { listTills } from './tills.ts';

const RECENT_DAYS = 14;

/** What happened on a day of the shop, across all tills, as the ledger knows it now; `day` null: the day it is. */
export async function readToday(
  deps: Pick<Deps, 'db' | 'clock'>,
  business: string,
  day: Day | null,
): Promise<OfficeToday> {
  const settings = await getDocument(deps.db, business, 'business', business);
  const now = deps.clock.now();
  const today = dayOf(now, settings?.timeZone ?? 'UTC', settings?.cutOverHour ?? 0);
  const shown = day ?? today;
  // The bars stay where they are while one steps through them.
  const oldest = daysBefore(today, RECENT_DAYS - 1);
  const first = shown < oldest ? daysBefore(shown, RECENT_DAYS - 1) : oldest;
  const rows = await eventsOfDay(deps.db, business, shown);
  const reversals = reversalsOf(await reversalsSince(deps.db, business, first));
  const all = await listDocuments(deps.db, business, 'exception');
  // What the owner has closed by hand is out of sight at once.
  const exceptions = all.filter((one) => !one.closed || (one.day === shown && one.seen === undefined));
  const settled = settledEvents(all);
  const events = rows.map((row) => ({ row, event: JSON.parse(row.bytes) as Event }));
  const redemptions = events.filter(({ event }) => event.fact.kind === 'redeemed');
  const members = new Set([...redemptions.map(({ row }) => row.member), ...exceptions.map((one) => one.member)]);
  const names = await readNames(
    deps.db,
    business,
    [...members].filter((one) => one !== null),
  );
  const named = await eventsById(
    deps.db,
    business,
    exceptions.flatMap((one) => (one.pair === null ? [one.event] : [one.event, one.pair])),
  );
  const catalog = await readCatalog(deps.db, business);
  const standings = await readStandings(deps, business, settings?.program ?? null, exceptions, today);
  const entries = events.map(({ row, event }): DayEntry => entryOf(row, event));
  const figures = dayFigures(entries, catalog.kindOfUnit, reversals);
  const shownRedemptions = redemptions
    .map(({ row, event }) => redemptionOf(row, event, names, catalog, reversals, settled))
    .sort((a, b) => b.at - a.at);
  const tills = (await listTills(deps, business)).filter(
    (till) => !till.revoked || entries.some((one) => one.device === till.id),
  );
  const perTill = (id: string) =>
    dayFigures(
      entries.filter((one) => one.device === id),
      catalog.kindOfUnit,
      reversals,
    );
  return {
    day: shown,
    asOf: now,
    redemptions: shownRedemptions,
    redemptionCost: sum(shownRedemptions.filter((one) => !one.undone).map((one) => one.cost)),
    stamps: figures.stamps,
    points: figures.points,
    sales: figures.sales,
    newMembers: figures.newMembers,
    members: await countMembers(deps.db, business),
    exceptions: exceptions
      .map((one) => ({
        ...exceptionOf(one, named, names, catalog.rewardName),
        standing: standings.get(one.member) ?? 'free',
      }))
      .sort((a, b) => Number(a.closed) - Number(b.closed) || b.at - a.at),
    exceptionCost: sum(exceptions.filter((one) => !one.closed).map((one) => one.cost)),
    tills: tills.map((till) => {
      const own = perTill(till.id);
      return {
        id: till.id,
        name: till.name,
        revoked: till.revoked,
        sales: own.sales.count,
        stamps: own.stamps,
        redemptions: own.redemptions,
        unsent: till.unsent,
        lastSeenAt: till.lastSeenAt,
      };
    }),
    recentDays: await recentDays(deps, business, first, reversals),
  };
}

function entryOf(row: DayRow, event: Event): DayEntry {
  return { event: event.id, device: event.device, fact: event.fact, effects: JSON.parse(row.booked) as Effect[] };
}

function redemptionOf(
  row: DayRow,
  event: Event,
  names: Names,
  catalog: Catalog,
  reversals: Reversals,
  settled: ReadonlySet<string>,
): OfficeRedemption {
  const reward = event.fact.kind === 'redeemed' ? event.fact.reward : '';
  return {
    event: event.id,
    at: happenedAt(event),
    reward: catalog.rewardName(reward) ?? { en: reward },
    member: names.member(row.member),
    staff: names.staff(event.staff),
    till: names.till(event.device),
    cost: catalog.costToShop(reward),
    undone: reversals.voided.has(event.id),
    flagged: (JSON.parse(row.flags) as string[]).length > 0 && !settled.has(event.id),
  };
}

function exceptionOf(
  record: ExceptionRecord,
  events: readonly Event[],
  names: Names,
  rewardName: (id: string) => Text | null,
): Omit<OfficeException, 'standing'> {
  const own = events.find((one) => one.id === record.event);
  const pair = events.find((one) => one.id === record.pair) ?? null;
  return {
    id: record.id,
    kind: record.kind,
    // When it happened at the counter; the record itself knows when the server found out.
    at: own ? happenedAt(own) : record.at,
    day: record.day,
    member: names.member(record.member),
    staff: names.staff(record.staff),
    till: names.till(record.device),
    other: pair && { till: names.till(pair.device), staff: names.staff(pair.staff), at: happenedAt(pair) },
    reward: record.reward === null ? null : rewardName(record.reward),
    cost: record.cost,
    closed: record.closed,
    toward: record.toward ?? null,
  };
}

async function recentDays(deps: Pick<Deps, 'db'>, business: string, first: Day, reversals: Reversals) {
  const counted = await countByDay(deps.db, business, first, reversals.voided);
  return Array.from({ length: RECENT_DAYS }, (_, at) => {
    const day = daysBefore(first, -at);
    return { day, ...(counted.get(day) ?? { sales: 0, redemptions: 0 }) };
  });
}

/** How the members concerned stand, where a doubled redemption counts for them. */
async function readStandings(
  deps: Pick<Deps, 'db'>,
  business: string,
  program: string | null,
  exceptions: readonly ExceptionRecord[],
  today: Day,
): Promise<ReadonlyMap<string | null, OfficeException['standing']>> {
  const version = program === null ? null : await getDocument(deps.db, business, 'program', program);
  const members = new Set(exceptions.filter((one) => one.toward === 'member').map((one) => one.member));
  const standings = new Map<string | null, OfficeException['standing']>();
  for (const member of members) {
    const stored = member === null ? null : await readMember(deps.db, business, member);
    if (stored && version) standings.set(member, standingOf(stored.state, version.program.policies, today));
  }
  return standings;
}

/** The till's clock, set right by what was last measured. */
const happenedAt = (event: Event) => event.at + (event.skew ?? 0);

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function daysBefore(day: Day, n: number): Day {
  return new Date(Date.parse(`${day}T12:00:00Z`) - n * 86_400_000).toISOString().slice(0, 10);
}
