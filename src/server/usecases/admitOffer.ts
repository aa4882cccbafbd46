import type { Kysely } from 'kysely';
import type { Admitted, Event } from '../../protocol/event.ts';
import type { OfferAnswer, OfferRequest } from '../../protocol/sync.ts';
import type { Deps } from '../deps.ts';
import type { Batch } from '../ledger/batch/batch.ts';
import { firstHolder } from '../ledger/cards.ts';
import { findMember } from '../ledger/batch/batch.ts';
import { book } from '../ledger/book.ts';
import { loadBatch } from '../ledger/batch/loadBatch.ts';
import { OfferPlaces } from '../ledger/offerPlaces.ts';
import { takeProfile } from '../ledger/profiles.ts';
import { type ReadEvent, readEvent } from '../ledger/readEvent.ts';
import { isSealed, sealKeyOf } from '../ledger/seal.ts';
import { serverHash } from '../ledger/serverHash.ts';
import { storeBatch } from '../ledger/batch/storeBatch.ts';
import { lockBusiness } from '../store/businesses.ts';
import { readEpoch } from '../store/epoch.ts';
import type { BusinessRow, DeviceRow, QuarantineRow } from '../store/tables/ledgerTables.ts';
import type { Schema } from '../store/schema.ts';
import { transact } from '../store/connection/transact.ts';
import { sweepDeleted } from '../store/connection/sweep.ts';
import { markOf } from './pull.ts';
import { storePrograms } from './storePrograms.ts';
import { Turns } from './turns.ts';

type OfferDeps = Pick<Deps, 'db' | 'clock' | 'live'>;

/**
 * Offers at a time in one process. After a restore every till offers at once, and all wait for the lock of their business: each
 * with a connection of its own, they would leave none for tills with a customer.
 */
const AT_ONCE = 2;
const turns = new WeakMap<Kysely<Schema>, Turns>();
const notUrgent = () => false;

/** An admission of an earlier server, known by its seal, with its event read. */
interface Offered {
  readonly admitted: Admitted;
  readonly reading: ReadEvent;
}

interface Counts {
  readmitted: number;
  rebooked: number;
  duplicates: number;
  refused: number;
}

/**
 * Takes what a till has kept of a ledger that this server has lost (it was restored from a backup): see OFFER in the
 * protocol. What follows the head without a gap gets its old place with its old booking, to the letter; the rest is booked
 * anew at the end. Only what carries this business's own seal is taken. Offering anything any number of times changes
 * nothing more than offering it once.
 */
export async function admitOffer(deps: OfferDeps, device: DeviceRow, request: OfferRequest): Promise<OfferAnswer> {
  const { business } = device;
  const now = deps.clock.now();
  const { answer, members, moved, erases } = await turnsOf(deps.db).take(notUrgent, () =>
    transact(deps.db, async (trx) => {
      const head = await lockBusiness(trx, business);
      if (!head) throw new Error('A paired device belongs to a business.');
      const before = { head: head.head, rev: head.rev };
      const common = await commonOf(trx, business, request.known);
      await storePrograms(trx, head, request.programs);
      const counts: Counts = { readmitted: 0, rebooked: 0, duplicates: 0, refused: 0 };
      const offered = await authentic(trx, business, request.admissions);
      counts.refused = request.admissions.length - offered.length;
      const { batch, changed } = await admit(trx, { head, offered, counts, now, profiles: request.profiles });
      const named = new Set(offered.map(({ reading }) => reading.event.program));
      const need = { programs: [...named].filter((hash) => !batch.programs.has(hash)) };
      const mark = await markOf(trx, device, batch.head, now);
      const isNew = head.head > before.head || head.rev > before.rev;
      const erases = batch.erased.length > 0;
      return { answer: { ...mark, common, ...counts, need }, members: changed, moved: isNew, erases };
    }),
  );
  if (erases) await sweepDeleted(deps.db);
  if (moved) deps.live.moved(business, { members });
  return answer;
}

function turnsOf(db: Kysely<Schema>): Turns {
  const known = turns.get(db) ?? new Turns(AT_ONCE);
  turns.set(db, known);
  return known;
}

/** The furthest point that this ledger has as well; 0 where there is none. */
async function commonOf(trx: Kysely<Schema>, business: string, known: OfferRequest['known']): Promise<number> {
  if (known.length === 0) return 0;
  const rows = await trx
    .selectFrom('events')
    .select(['gseq', 'chain'])
    .where('business', '=', business)
    .where(
      'gseq',
      'in',
      known.map(({ gseq }) => gseq),
    )
    .execute();
  const here = new Set(rows.map(({ gseq, chain }) => `${gseq}/${chain}`));
  return known.reduce((most, { gseq, chain }) => (here.has(`${gseq}/${chain}`) ? Math.max(most, gseq) : most), 0);
}

/** What this business's server has said, and nothing else. */
async function authentic(
  trx: Kysely<Schema>,
  business: string,
  admissions: readonly Admitted[],
): Promise<readonly Offered[]> {
  const key = await sealKeyOf(trx, business);
  if (key === null) return [];
  return admissions.flatMap((admitted) => {
    if (serverHash(admitted.bytes) !== admitted.hash || !isSealed(key, business, admitted)) return [];
    const { device, run } = JSON.parse(admitted.bytes) as Event;
    const reading = readEvent(admitted.bytes, { business, device, run });
    return reading.ok ? [{ admitted, reading }] : [];
  });
}

interface Work {
  readonly head: BusinessRow;
  readonly offered: readonly Offered[];
  readonly counts: Counts;
  readonly now: number;
  readonly profiles: OfferRequest['profiles'];
}

async function admit(trx: Kysely<Schema>, { head, offered, counts, now, profiles }: Work) {
  let hint: string | null = null;
  const events = offered.map(({ reading }) => reading.event);
  const batch = await loadBatch(trx, events, [], {
    head,
    epoch: await readEpoch(trx),
    now,
    // A card that nobody knows here belongs to the member that it had before.
    holderOf: (card) => hint ?? firstHolder(head.business, card),
    members: offered.flatMap(({ admitted: { member } }) => (member === null ? [] : [member])),
  });
  const places = await OfferPlaces.read(
    trx,
    head.business,
    offered.map(({ reading }) => reading),
  );
  const failed: QuarantineRow[] = [];
  for (const { admitted, reading } of offered) {
    const { event, hash } = reading;
    const place = batch.takenIds.has(event.id) || places.has(hash) ? null : places.place(reading);
    if (place === null) {
      counts.duplicates += 1;
      continue;
    }
    const { run, seq } = place;
    const asBefore = admitted.gseq === head.head + 1 && serverHash(head.chain + hash) === admitted.chain;
    hint = admitted.member;
    try {
      const flags = place.fork ? (['fork', 'rebooked'] as const) : (['rebooked'] as const);
      book(batch, reading, { run, flags, before: admitted, asBefore });
      counts[asBefore ? 'readmitted' : 'rebooked'] += 1;
    } catch {
      const { business } = head;
      const { bytes } = reading;
      failed.push({ business, device: event.device, run, seq, hash, code: 'bookingFailed', bytes, received_at: now });
      counts.refused += 1;
    }
    hint = null;
  }
  const named = new Set(offered.flatMap(({ admitted: { member } }) => (member === null ? [] : [member])));
  takeProfiles(batch, profiles, named);
  const changed = await storeBatch(trx, batch);
  await places.store(trx, failed);
  return { batch, changed };
}

/** Names and phones that were entered after the backup, as the till still has them. */
function takeProfiles(batch: Batch, profiles: OfferRequest['profiles'], named: ReadonlySet<string>): void {
  for (const profile of profiles) {
    const member = named.has(profile.member) ? findMember(batch, profile.member) : null;
    if (member !== null) takeProfile(batch, { ...profile, member: member.member });
  }
}
