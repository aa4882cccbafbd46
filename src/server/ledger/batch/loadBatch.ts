import type { Kysely } from 'kysely';
import type { Effect } from '../../../loyalty/effects.ts';
import type { SharePool } from '../../../loyalty/limits/shares.ts';
import type { MemberState } from '../../../loyalty/state.ts';
import type { Business, Credential, Profile, ProfilePatch, ProgramVersion } from '../../../protocol/documents.ts';
import type { Event, ExceptionRecord } from '../../../protocol/event.ts';
import type { DocumentKind } from '../../store/documents.ts';
import type { BusinessRow } from '../../store/tables/ledgerTables.ts';
import { padded } from '../../store/padded.ts';
import type { Schema } from '../../store/schema.ts';
import type { Batch } from './batch.ts';
import { cardOf, firstHolder, isCard } from '../cards.ts';
import { parseOnce } from '../parseOnce.ts';
import { loadRisk } from '../risk.ts';
import { poolsIn } from '../shares.ts';

/** What booking has to know about a transaction besides its events. */
export interface Surroundings {
  readonly head: BusinessRow;
  readonly epoch: string;
  readonly now: number;
  /** The member that a card which nobody knows belongs to; left out, it is `firstHolder`. */
  readonly holderOf?: (card: string) => string;
  /** Further members that are needed: those of admissions that come back. */
  readonly members?: readonly string[];
}

/**
 * Loads, with one query per table, whatever the given events and patches touch. Throws where the business has no
 * document of its own, which is a bug: nobody can be paired with it.
 */
export async function loadBatch(
  trx: Kysely<Schema>,
  events: readonly Event[],
  patches: readonly ProfilePatch[],
  { head, epoch, now, holderOf, members: others = [] }: Surroundings,
): Promise<Batch> {
  const { business } = head;
  const documents = <T>(kind: DocumentKind, ids: ReadonlySet<string>, parse?: (text: string) => unknown) =>
    loadDocuments<T>(trx, { business, kind, ids }, parse);
  const credentials = await documents<Credential>('credential', cardsIn(events, patches));
  const targets = await loadTargets(trx, business, events);
  const ids = membersIn(events, patches);
  for (const member of others) ids.add(member);
  for (const { member } of credentials.values()) ids.add(member);
  for (const { member } of targets.values()) if (member !== null) ids.add(member);
  const members = await loadMembers(trx, business, ids);
  const shop = (await documents<Business>('business', new Set([business]), parseOnce)).get(business);
  if (!shop) throw new Error('A business without a document has no ledger.');
  const programs = await documents<ProgramVersion>('program', programsIn(events, targets.values(), shop), parseOnce);
  return {
    business,
    epoch,
    now,
    shop,
    head,
    members,
    profiles: await loadProfiles(trx, business, [...members.keys()]),
    credentials,
    unknownCards: new Set(),
    programs: new Map([...programs].map(([hash, version]) => [hash, version.program])),
    missingPrograms: new Set(),
    targets,
    basisTimes: await loadBasisTimes(trx, business, epoch, events),
    staff: await loadStaff(trx, business, events),
    takenIds: await loadTakenIds(trx, business, events),
    exceptions: await loadExceptions(trx, business, [...members.keys()]),
    pools: await loadPools(trx, business, poolsIn(events, targets.values())),
    risk: await loadRisk(trx, business, events, [...members.keys()]),
    changed: new Map(),
    erased: [],
    onlyOnce: new Set(),
    rows: [],
    holderOf: holderOf ?? ((card) => firstHolder(business, card)),
  };
}

function cardsIn(events: readonly Event[], patches: readonly ProfilePatch[]): Set<string> {
  const cards = new Set<string>();
  for (const { member, credential, fact } of events) {
    const card = cardOf(member);
    if (card) cards.add(card);
    if (credential && isCard(credential.kind)) cards.add(credential.id);
    if (fact.kind === 'credentialIssued' || fact.kind === 'credentialRevoked') cards.add(fact.credential);
  }
  for (const { member } of patches) cards.add(cardOf(member) ?? '');
  cards.delete('');
  return cards;
}

function membersIn(events: readonly Event[], patches: readonly ProfilePatch[]): Set<string> {
  const ids = new Set(patches.map((patch) => patch.member));
  for (const { member, fact } of events) {
    if (member !== null) ids.add(member);
    if (fact.kind === 'merged' || fact.kind === 'unmerged') ids.add(fact.other);
  }
  return ids;
}

function programsIn(events: readonly Event[], targets: Iterable<{ program: string }>, shop: Business): Set<string> {
  const programs = new Set([shop.program]);
  for (const { program } of events) programs.add(program);
  for (const { program } of targets) programs.add(program);
  return programs;
}

async function loadDocuments<T>(
  trx: Kysely<Schema>,
  {
    business,
    kind,
    ids,
  }: { readonly business: string; readonly kind: DocumentKind; readonly ids: ReadonlySet<string> },
  parse: (text: string) => unknown = JSON.parse,
): Promise<Map<string, T>> {
  if (ids.size === 0) return new Map();
  const rows = await trx
    .selectFrom('documents')
    .select(['id', 'data'])
    .where('business', '=', business)
    .where('kind', '=', kind)
    .where('id', 'in', padded([...ids]))
    .execute();
  return new Map(rows.map(({ id, data }) => [id, parse(data) as T]));
}

async function loadPools(trx: Kysely<Schema>, business: string, ids: ReadonlySet<string>): Promise<Batch['pools']> {
  const pools = await loadDocuments<SharePool>(trx, { business, kind: 'shares', ids });
  for (const id of ids) if (!pools.has(id)) pools.set(id, { id, accounts: {} });
  return pools;
}

async function loadTargets(trx: Kysely<Schema>, business: string, events: readonly Event[]): Promise<Batch['targets']> {
  const wanted = events.flatMap(({ fact }) =>
    fact.kind === 'voided' || fact.kind === 'refunded' ? [fact.target] : [],
  );
  // An unmerge reverses the merge that it does not name.
  const merges = events.some(({ fact }) => fact.kind === 'unmerged');
  if (wanted.length === 0 && !merges) return new Map();
  const rows = await trx
    .selectFrom('events')
    .select(['id', 'member', 'day', 'bytes', 'booked'])
    .where('business', '=', business)
    .where((eb) => eb.or([eb('id', 'in', wanted), ...(merges ? [eb('kind', '=', 'merged')] : [])]))
    .orderBy('gseq')
    .execute();
  return new Map(
    rows.map(({ id, member, day, bytes, booked }) => {
      const { fact, program } = JSON.parse(bytes) as Event;
      return [id, { event: id, member, day, fact, program, effects: JSON.parse(booked) as Effect[] }];
    }),
  );
}

/** Loads members and, for those that were merged, the ones that stand for them. */
async function loadMembers(trx: Kysely<Schema>, business: string, ids: ReadonlySet<string>): Promise<Batch['members']> {
  const members: Batch['members'] = new Map();
  let wanted = [...ids];
  while (wanted.length > 0) {
    const rows = await trx
      .selectFrom('members')
      .select(['member', 'gseq', 'state', 'alias_of'])
      .where('business', '=', business)
      .where('member', 'in', padded(wanted))
      .execute();
    for (const { member, gseq, state, alias_of: aliasOf } of rows) {
      members.set(member, { member, gseq, aliasOf, state: JSON.parse(state) as MemberState, changed: false });
    }
    wanted = rows.flatMap(({ alias_of: next }) => (next !== null && !members.has(next) ? [next] : []));
  }
  return members;
}

async function loadProfiles(trx: Kysely<Schema>, business: string, members: string[]): Promise<Batch['profiles']> {
  if (members.length === 0) return new Map();
  const rows = await trx
    .selectFrom('profiles')
    .select(['member', 'data'])
    .where('business', '=', business)
    .where('member', 'in', padded(members))
    .execute();
  return new Map(
    rows.map(({ member, data }) => [
      member,
      { data: data === null ? null : (JSON.parse(data) as Profile), erased: data === null },
    ]),
  );
}

async function loadBasisTimes(
  trx: Kysely<Schema>,
  business: string,
  epoch: string,
  events: readonly Event[],
): Promise<Batch['basisTimes']> {
  const wanted = new Set(
    events.filter(({ basis }) => basis.epoch === epoch && basis.gseq > 0).map(({ basis }) => basis.gseq),
  );
  if (wanted.size === 0) return new Map();
  const rows = await trx
    .selectFrom('events')
    .select(['gseq', 'received_at'])
    .where('business', '=', business)
    .where('gseq', 'in', padded([...wanted]))
    .execute();
  return new Map(rows.map((row) => [row.gseq, row.received_at]));
}

async function loadStaff(trx: Kysely<Schema>, business: string, events: readonly Event[]): Promise<Batch['staff']> {
  const named = new Set(events.flatMap(({ staff }) => (staff === null ? [] : [staff])));
  if (named.size === 0) return named;
  const rows = await trx
    .selectFrom('documents')
    .select('id')
    .where('business', '=', business)
    .where('kind', '=', 'staff')
    .where('id', 'in', padded([...named]))
    .execute();
  return new Set(rows.map((row) => row.id));
}

async function loadTakenIds(
  trx: Kysely<Schema>,
  business: string,
  events: readonly Event[],
): Promise<Batch['takenIds']> {
  if (events.length === 0) return new Set();
  const rows = await trx
    .selectFrom('events')
    .select('id')
    .where('business', '=', business)
    .where('id', 'in', padded(events.map((event) => event.id)))
    .execute();
  return new Set(rows.map((row) => row.id));
}

async function loadExceptions(trx: Kysely<Schema>, business: string, members: string[]): Promise<Batch['exceptions']> {
  if (members.length === 0) return new Map();
  const rows = await trx
    .selectFrom('documents')
    .select(['id', 'data'])
    .where('business', '=', business)
    .where('kind', '=', 'exception')
    .where('ref', 'in', padded(members))
    .execute();
  return new Map(rows.map(({ id, data }) => [id, JSON.parse(data) as ExceptionRecord]));
}
