import type { Kysely } from 'kysely';
import type { Fact } from '../../loyalty/facts.ts';
import { ENGINE_VERSION } from '../../loyalty/version.ts';
import { canonical } from '../../protocol/canonical.ts';
import { dayOf } from '../../protocol/day.ts';
import type { Admitted, Event } from '../../protocol/event.ts';
import type { Deps } from '../deps.ts';
import { admittedOf } from '../ledger/admittedOf.ts';
import { book } from '../ledger/book.ts';
import { loadBatch } from '../ledger/batch/loadBatch.ts';
import { newStream } from '../ledger/place.ts';
import { serverHash } from '../ledger/serverHash.ts';
import { storeBatch } from '../ledger/batch/storeBatch.ts';
import { lockBusiness } from '../store/businesses.ts';
import { transact } from '../store/connection/transact.ts';
import { getDocument } from '../store/documents.ts';
import { readEpoch } from '../store/epoch.ts';
import type { Schema } from '../store/schema.ts';
import { readStreams, writeStreams } from '../store/streams.ts';

/** Something that the server itself writes into the ledger: the office's acts and the customer's own. */
export interface ServerAct {
  /** A UUIDv7 where the caller needs to know it beforehand. */
  readonly id?: string;
  readonly member: string | null;
  readonly fact: Fact;
  /** Staff id of who did it in the office; `null` for the customer's own acts. */
  readonly staff: string | null;
  readonly credential?: Event['credential'];
}

type RecordDeps = Pick<Deps, 'db' | 'clock' | 'random' | 'live'>;

/**
 * Writes events of the server's own: as the device `server`, whose run is the epoch, booked by the same code as what
 * tills push, in one transaction. Throws where the business does not exist.
 */
export async function recordServerEvents(
  deps: RecordDeps,
  business: string,
  acts: readonly ServerAct[],
): Promise<readonly Admitted[]> {
  const admitted = await transact(deps.db, (trx) => recordServerEventsIn(trx, deps, business, acts));
  const members = admitted.flatMap(({ member }) => (member === null ? [] : [member]));
  deps.live.moved(business, { members });
  return admitted;
}

/** The same inside a larger change; the caller tells `live.moved` after its commit. */
export async function recordServerEventsIn(
  trx: Kysely<Schema>,
  deps: Pick<Deps, 'clock' | 'random'>,
  business: string,
  acts: readonly ServerAct[],
): Promise<readonly Admitted[]> {
  const head = await lockBusiness(trx, business);
  const shop = await getDocument(trx, business, 'business', business);
  if (!head || !shop) throw new Error('There is no such business.');
  const epoch = await readEpoch(trx);
  const now = deps.clock.now();
  const [stream = newStream(business, 'server', epoch)] = await readStreams(trx, business, 'server', epoch);
  const events = acts.map((act) => {
    const event: Event = {
      v: 1,
      id: act.id ?? deps.random.id(),
      business,
      location: 'server',
      device: 'server',
      run: epoch,
      seq: stream.stored_through + 1,
      prev: stream.stored_hash,
      at: now,
      skew: 0,
      day: dayOf(now, shop.timeZone, shop.cutOverHour),
      basis: { epoch, gseq: head.head },
      engine: ENGINE_VERSION,
      staff: act.staff,
      member: act.member,
      credential: act.credential ?? null,
      program: shop.program,
      fact: act.fact,
      // Nobody was shown anything yet; what is booked is what happens.
      told: [],
    };
    const bytes = canonical(event);
    const hash = serverHash(bytes);
    stream.stored_through = event.seq;
    stream.stored_hash = hash;
    return { event, bytes, hash };
  });
  const all = events.map(({ event }) => event);
  const batch = await loadBatch(trx, all, [], { head, epoch, now });
  for (const event of events) book(batch, event, { run: epoch, flags: [] });
  await storeBatch(trx, batch);
  await writeStreams(trx, [stream]);
  return batch.rows.map(admittedOf);
}
