import type { Effect } from '../../../../loyalty/effects.ts';
import type { Event, Flag } from '../../../../protocol/event.ts';
import type { Deps } from '../../../deps.ts';
import { listDocuments } from '../../../store/documents.ts';
import { admittedOf } from '../../../ledger/admittedOf.ts';
import type { EventRow } from '../../../store/tables/ledgerTables.ts';
import { ledgerPage } from '../../../store/reports.ts';
import { readCatalog } from '../catalog.ts';
import type { Catalog } from '../catalog.ts';
import { csvLine } from './csv.ts';
import { readNames } from '../names.ts';
import type { Names } from '../names.ts';

const PAGE = 500;

/** The whole ledger, one JSON line per entry: the event's exact bytes and the admission beside it. */
export async function* exportNdjson(deps: Pick<Deps, 'db'>, business: string): AsyncGenerator<string> {
  for await (const rows of pages(deps, business)) {
    yield rows.map((row) => `${JSON.stringify(admittedOf(row))}\n`).join('');
  }
}

const COLUMNS = [
  'gseq',
  'day',
  'at',
  'received',
  'kind',
  'shop',
  'till',
  'staff',
  'member',
  'total',
  'stamps',
  'points',
  'reward',
  'reward_cost',
  'target',
  'flags',
  'event',
  'hash',
];

/** The ledger as a table. Money is in the ledger's integers; stamps and points are what the entry changed. */
export async function* exportCsv(deps: Pick<Deps, 'db'>, business: string): AsyncGenerator<string> {
  const names = await readNames(deps.db, business, []);
  const catalog = await readCatalog(deps.db, business);
  const locations = new Map((await listDocuments(deps.db, business, 'location')).map((one) => [one.id, one.name]));
  // The mark makes spreadsheets read it as UTF-8.
  yield `\uFEFF${csvLine(COLUMNS)}`;
  for await (const rows of pages(deps, business)) {
    yield rows.map((row) => csvLine(cells(row, names, catalog, locations))).join('');
  }
}

function cells(
  row: EventRow,
  names: Names,
  catalog: Catalog,
  locations: ReadonlyMap<string, string>,
): (string | number | null)[] {
  const event = JSON.parse(row.bytes) as Event;
  const { fact } = event;
  const booked = JSON.parse(row.booked) as Effect[];
  const reward = fact.kind === 'redeemed' ? fact.reward : null;
  const rewardName = reward === null ? null : catalog.rewardName(reward);
  return [
    row.gseq,
    row.day,
    new Date(event.at).toISOString(),
    new Date(row.received_at).toISOString(),
    row.kind,
    locations.get(event.location) ?? null,
    names.till(event.device),
    names.staff(event.staff),
    row.member,
    fact.kind === 'sale' ? fact.total : fact.kind === 'refunded' ? -fact.amount : null,
    changeOf(booked, 'stamps', catalog),
    changeOf(booked, 'points', catalog),
    rewardName ? (Object.values(rewardName)[0] ?? reward) : reward,
    reward === null ? null : catalog.costToShop(reward),
    fact.kind === 'voided' || fact.kind === 'refunded' ? fact.target : null,
    (JSON.parse(row.flags) as Flag[]).join(' '),
    row.id,
    row.hash,
  ];
}

/** What an entry changed in the balance of all units of a kind. */
function changeOf(booked: readonly Effect[], kind: 'stamps' | 'points', catalog: Catalog): number {
  let change = 0;
  for (const effect of booked) {
    if (!('unit' in effect) || catalog.kindOfUnit(effect.unit) !== kind) continue;
    if (effect.kind === 'credit') change += effect.amount;
    if (effect.kind === 'debit') for (const part of effect.from) change -= part.amount;
    if (effect.kind === 'restore') for (const part of effect.to) change += part.amount;
    if (effect.kind === 'debt') change -= effect.delta;
  }
  return change;
}

async function* pages(deps: Pick<Deps, 'db'>, business: string): AsyncGenerator<EventRow[]> {
  let after = 0;
  for (;;) {
    const rows = await ledgerPage(deps.db, business, after, PAGE);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.gseq;
  }
}
