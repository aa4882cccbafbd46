import type { Day, Money } from '../../loyalty/basics.ts';
import type { Effect } from '../../loyalty/effects.ts';
import { dayFigures, reversalsOf } from '../../protocol/office/dayFigures.ts';
import type { Event, ExceptionRecord } from '../../protocol/event.ts';
import { settledEvents } from '../../protocol/settledEvents.ts';
import type { OwnLedger } from '../ledger/ownLedger.ts';
import type { Documents } from '../members/documents.ts';
import type { Members } from '../members/members.ts';
import type { CacheDb } from '../store/cacheDb.ts';
import type { Today, TodayLine, TodaySale } from '../till.ts';

/** Sales that are listed; the figures count all of them. */
const LATEST = 30;

export interface TodayParts {
  readonly cacheDb: CacheDb;
  readonly own: OwnLedger;
  readonly members: Members;
  readonly documents: Documents;
  readonly device: string;
}

/** One event of the day, from the journal or not sent yet. */
interface Happened {
  readonly event: Event;
  readonly member: string | null;
  readonly effects: readonly Effect[];
  readonly flagged: boolean;
}

/** The shop's day as far as this till knows it: what the server has admitted from all tills, and what it has not yet. */
export async function todayOf(parts: TodayParts, day: Day): Promise<Today> {
  const { documents, own, members, device } = parts;
  const happened = await happenedOn(parts, day);
  const reversals = reversalsOf(happened.map(({ event }) => event.fact));
  const units = new Map(documents.current?.program.units.map((unit) => [unit.id, unit.kind]));
  const exceptions = await exceptionsOf(parts.cacheDb, day);
  const redemptions = await redemptionLines(parts, happened, reversals.voided, settledEvents(exceptions));
  const unsent = own.unsent();
  const entries = happened.map(({ event: { id, device: by, fact }, effects }) => ({
    event: id,
    device: by,
    fact,
    effects,
  }));
  const figures = dayFigures(entries, (unit) => units.get(unit) ?? null, reversals);
  const tills = new Map(documents.devices.filter((each) => !each.revoked).map((each) => [each.id, each.name]));
  for (const line of redemptions) if (!tills.has(line.device)) tills.set(line.device, line.device);
  return {
    day,
    redemptions,
    stamps: figures.stamps,
    points: figures.points,
    sales: figures.sales,
    latestSales: await saleLines(members, happened, reversals.voided),
    newMembers: figures.newMembers,
    exceptions,
    exceptionCost: sum(exceptions.filter((each) => !each.closed).map((each) => each.cost)),
    asOf: members.generation.asOf,
    tills: [...tills]
      .map(([id, name]) => ({
        device: id,
        name,
        redemptions: redemptions.filter((line) => line.device === id && !line.undone).length,
        own: id === device,
      }))
      .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true })),
    unsent: unsent.events + unsent.patches,
    oldestUnsentAt: unsent.oldestAt,
  };
}

async function happenedOn({ cacheDb, own, members }: TodayParts, day: Day): Promise<readonly Happened[]> {
  const { epoch } = members.generation.cursor;
  const found = new Map<string, Happened>();
  for (const row of await cacheDb.journal.where('day').equals(day).toArray()) {
    // An older epoch tells of what a restored server has not got back yet.
    if (found.has(row.id) && row.epoch !== epoch) continue;
    const { booked, member, flags, bytes } = row.admitted;
    found.set(row.id, { event: JSON.parse(bytes) as Event, member, effects: booked, flagged: flags.length > 0 });
  }
  const mine = [...own.entries.all()].filter(({ event }) => event.day === day && !found.has(event.id));
  const settled = mine.filter(({ n }) => own.covers(n)).map(({ event }) => event.id);
  const elsewhere = new Set((await cacheDb.journal.where('id').anyOf(settled).toArray()).map((row) => row.id));
  for (const { event } of mine) {
    // The server has settled on another day, the clock here was wrong.
    if (elsewhere.has(event.id)) continue;
    found.set(event.id, { event, member: event.member, effects: event.told, flagged: false });
  }
  return [...found.values()].sort((a, b) => a.event.at - b.event.at);
}

async function redemptionLines(
  { documents, members }: TodayParts,
  happened: readonly Happened[],
  undone: ReadonlySet<string>,
  settled: ReadonlySet<string>,
): Promise<readonly TodayLine[]> {
  const lines: TodayLine[] = [];
  for (const { event, member, flagged } of happened) {
    const { fact } = event;
    if (fact.kind !== 'redeemed') continue;
    const rewards = (documents.program(event.program) ?? documents.current?.program)?.rewards ?? [];
    lines.push({
      event: event.id,
      at: event.at,
      reward: fact.reward,
      ...(await whoseOf(members, member)),
      staff: event.staff,
      device: event.device,
      cost: rewards.find((reward) => reward.id === fact.reward)?.costToShop ?? 0,
      undone: undone.has(event.id),
      flagged: flagged && !settled.has(event.id),
    });
  }
  return lines.toReversed();
}

async function saleLines(
  members: Members,
  happened: readonly Happened[],
  undone: ReadonlySet<string>,
): Promise<readonly TodaySale[]> {
  const lines: TodaySale[] = [];
  for (const { event, member, effects } of happened.filter((each) => each.event.fact.kind === 'sale').slice(-LATEST)) {
    const { fact } = event;
    if (fact.kind !== 'sale') continue;
    lines.push({
      event: event.id,
      at: event.at,
      total: fact.total,
      effects,
      ...(await whoseOf(members, member)),
      staff: event.staff,
      device: event.device,
      undone: undone.has(event.id),
    });
  }
  return lines.toReversed();
}

async function whoseOf(members: Members, member: string | null): Promise<Pick<TodayLine, 'member' | 'name'>> {
  const known = member === null ? null : await members.load(member);
  return { member: known?.member ?? null, name: known?.profile?.callName ?? known?.profile?.name ?? null };
}

async function exceptionsOf(db: CacheDb, day: Day): Promise<readonly ExceptionRecord[]> {
  const rows = await db.documents.where('day').equals(day).toArray();
  return rows.flatMap(({ document }) => (document.kind === 'exception' ? [document.data] : []));
}

function sum(amounts: readonly Money[]): Money {
  return amounts.reduce((total, amount) => total + amount, 0);
}
