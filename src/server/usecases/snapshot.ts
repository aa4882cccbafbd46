import type { Kysely } from 'kysely';
import { FOLD_VERSION } from '../../loyalty/version.ts';
import type { Document } from '../../protocol/documents.ts';
import { ZERO_HASH } from '../../protocol/hash.ts';
import { bucketsOfPage, MEMBERS_PER_PAGE } from '../../protocol/pages.ts';
import type { OwnAdmitted, SnapshotManifest } from '../../protocol/sync.ts';
import type { Deps } from '../deps.ts';
import { asOfNow } from '../store/connection/asOfNow.ts';
import { readHead } from '../store/businesses.ts';
import { readEpoch } from '../store/epoch.ts';
import type { BusinessRow, DeviceRow } from '../store/tables/ledgerTables.ts';
import { countMembers } from '../store/members.ts';
import { padded } from '../store/padded.ts';
import type { Schema } from '../store/schema.ts';
import { markOf } from './pull.ts';

/** Exceptions that a fresh tablet gets; older ones are in the back office. */
const NEWEST_EXCEPTIONS = 500;

/** How far back the tail of a snapshot reaches, so that a fresh till knows the day of the others. */
const TAIL_MS = 36 * 3_600_000;
const TAIL_MOST = 3000;

/** What a fresh till loads: where the tail begins, how many pages there are, and every document that is no member's. */
export async function snapshotManifest(
  deps: Pick<Deps, 'db' | 'clock'>,
  device: Pick<DeviceRow, 'business' | 'device'>,
): Promise<SnapshotManifest> {
  const time = deps.clock.now();
  const { business } = device;
  return asOfNow(deps.db).execute(async (trx) => {
    const head = await readHead(trx, business);
    if (!head) throw new Error('A paired device belongs to a business.');
    const members = await countMembers(trx, business);
    return {
      ...(await markOf(trx, device, head, time)),
      cursor: { epoch: await readEpoch(trx), ...(await tailBegin(trx, head, time)), rev: head.rev },
      fold: FOLD_VERSION,
      pages: pagesFor(members),
      members,
      own: await ownAdmitted(trx, device),
      documents: await shopDocuments(trx, business),
    };
  });
}

/**
 * Where the tail begins: before the first event of the last day and a half. The pages hold those events already (each member
 * says how new it is), but a till's Today and its undo need the events themselves.
 */
async function tailBegin(
  trx: Kysely<Schema>,
  { business, head, chain }: BusinessRow,
  now: number,
): Promise<{ gseq: number; chain: string }> {
  const events = trx.selectFrom('events').where('business', '=', business);
  const first = await events
    .select((eb) => eb.fn.min('gseq').as('gseq'))
    .where('gseq', '>', head - TAIL_MOST)
    .where('received_at', '>=', now - TAIL_MS)
    .executeTakeFirst();
  if (!first?.gseq) return { gseq: head, chain };
  const gseq = Number(first.gseq) - 1;
  if (gseq === 0) return { gseq, chain: ZERO_HASH };
  const before = await events.select('chain').where('gseq', '=', gseq).executeTakeFirstOrThrow();
  return { gseq, chain: before.chain };
}

/**
 * One page of members, cut by a hash of the member id, as the JSON of a `SnapshotPage` with each member on a line of its own;
 * `null` where there is no such page. What is stored as JSON goes in as it is.
 */
export async function snapshotPage(
  deps: Pick<Deps, 'db'>,
  business: string,
  page: number,
  of: number | null,
): Promise<string | null> {
  const pages = of ?? pagesFor(await countMembers(deps.db, business));
  if (page >= pages) return null;
  const { from, to } = bucketsOfPage(page, pages);
  return asOfNow(deps.db).execute(async (trx) => {
    const rows = await trx
      .selectFrom('members')
      .select(['member', 'gseq', 'state'])
      .where('business', '=', business)
      .where('bucket', '>=', from)
      .where('bucket', '<', to)
      .where('alias_of', 'is', null)
      .orderBy('member')
      .execute();
    const ids = rows.map((row) => row.member);
    const profiles = await profilesOf(trx, business, ids);
    const credentials = await credentialsOf(trx, business, ids);
    const members = rows.map(({ member, gseq, state }) => {
      const profile = profiles.get(member);
      const personal = `"profile":${profile ?? 'null'}${profile === null ? ',"erased":true' : ''}`;
      const cards = `"credentials":[${(credentials.get(member) ?? []).join()}]`;
      return `{"member":${JSON.stringify(member)},"gseq":${gseq},"state":${state},${personal},${cards}}`;
    });
    return `{"page":${page},"members":[\n${members.join(',\n')}\n]}`;
  });
}

function pagesFor(members: number): number {
  return Math.max(1, Math.ceil(members / MEMBERS_PER_PAGE));
}

async function shopDocuments(trx: Kysely<Schema>, business: string): Promise<Document[]> {
  const shop = await trx
    .selectFrom('documents')
    .select(['kind', 'id', 'rev', 'data'])
    .where('business', '=', business)
    .where('kind', 'not in', ['credential', 'exception'])
    .orderBy('rev')
    .execute();
  const exceptions = await trx
    .selectFrom('documents')
    .select(['kind', 'id', 'rev', 'data'])
    .where('business', '=', business)
    .where('kind', '=', 'exception')
    .orderBy('rev', 'desc')
    .limit(NEWEST_EXCEPTIONS)
    .execute();
  return [...shop, ...exceptions.toReversed()].map(
    ({ data, ...document }) => ({ ...document, data: JSON.parse(data) as unknown }) as Document,
  );
}

/** What of each own run of the device the ledger holds, so that it knows what it need not show as its own any more. */
async function ownAdmitted(
  trx: Kysely<Schema>,
  { business, device }: Pick<DeviceRow, 'business' | 'device'>,
): Promise<Record<string, OwnAdmitted>> {
  const runs = await trx
    .selectFrom('streams')
    .select(['run', 'stored_through'])
    .where('business', '=', business)
    .where('device', '=', device)
    .where('fork_of', 'is', null)
    .execute();
  const quarantined = await trx
    .selectFrom('quarantine')
    .select(['run', 'seq'])
    .where('business', '=', business)
    .where('device', '=', device)
    .orderBy('seq')
    .execute();
  return Object.fromEntries(
    runs.map(({ run, stored_through: through }) => [
      run,
      { through, quarantined: quarantined.filter((row) => row.run === run).map((row) => row.seq) },
    ]),
  );
}

/** By member; `null`: erased. */
/** Profiles as they are stored, `null` for those that were erased. */
async function profilesOf(trx: Kysely<Schema>, business: string, ids: string[]): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map();
  const rows = await trx
    .selectFrom('profiles')
    .select(['member', 'data'])
    .where('business', '=', business)
    .where('member', 'in', padded(ids))
    .execute();
  return new Map(rows.map(({ member, data }) => [member, data]));
}

/** Cards as they are stored, by member. */
async function credentialsOf(trx: Kysely<Schema>, business: string, ids: string[]): Promise<Map<string, string[]>> {
  const byMember = new Map<string, string[]>();
  if (ids.length === 0) return byMember;
  const rows = await trx
    .selectFrom('documents')
    .select(['ref', 'data'])
    .where('business', '=', business)
    .where('kind', '=', 'credential')
    .where('ref', 'in', padded(ids))
    .orderBy('id')
    .execute();
  for (const { ref, data } of rows) {
    const cards = byMember.get(ref ?? '');
    if (cards) cards.push(data);
    else byMember.set(ref ?? '', [data]);
  }
  return byMember;
}
