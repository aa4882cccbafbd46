import type { Kysely } from 'kysely';
import type { PushAnswer } from '../../protocol/sync.ts';
import type { Deps } from '../deps.ts';
import { readEvent } from '../ledger/readEvent.ts';
import { type Delivery, type Stored, storePushes, type Work } from '../ledger/storePushes.ts';
import { lockBusiness } from '../store/businesses.ts';
import { forBusiness } from '../store/connection/context.ts';
import { transact } from '../store/connection/transact.ts';
import { meterOf } from '../store/connection/postgres/meter.ts';
import { readEpoch } from '../store/epoch.ts';
import type { DeviceRow } from '../store/tables/ledgerTables.ts';
import type { Schema } from '../store/schema.ts';
import { GroupCommit } from './groupCommit.ts';
import { grantShares } from './shares/grantShares.ts';
import { Turns } from './turns.ts';

type PushDeps = Pick<Deps, 'db' | 'clock' | 'random' | 'live' | 'turn'>;

/** Events that go into one transaction together; a single push may hold as many. */
const MOST_EVENTS = 500;
/** Devices in one transaction. */
const MOST_PUSHES = 64;

/** Groups of different businesses that are stored at a time: SQLite has one writer, PostgreSQL some connections to spare. */
const AT_ONCE = { sqlite: 1, postgres: 8 };

interface Queues {
  readonly turns: Turns;
  readonly byBusiness: Map<string, GroupCommit<Work, PushAnswer>>;
}

/** By database. */
const queues = new WeakMap<Kysely<Schema>, Queues>();

/**
 * Stores and books what a till brings, all in one transaction: when this resolves, it is on the disk. Whatever cannot be
 * read or booked goes into quarantine, so that nothing ever stands in the way of what comes behind it. Bringing the same
 * again changes nothing. Pushes of one business that arrive while another one is being stored share the next transaction.
 */
export async function push(deps: PushDeps, device: DeviceRow, request: Delivery): Promise<PushAnswer> {
  const from = { business: device.business, device: device.device, run: request.run };
  const readings = request.events.map((bytes) => readEvent(bytes, from));
  const answer = await queueOf(deps, device.business).add({ device, request, readings });
  const released = readings.some((reading) => reading.ok && reading.event.fact.kind === 'shareReleased');
  // Where this fails or the server dies, the next round of the job grants it.
  if (released) await grantShares(deps, device.business);
  return answer;
}

function queueOf(deps: PushDeps, business: string): GroupCommit<Work, PushAnswer> {
  const { turns, byBusiness } = queuesOf(deps.db);
  const found = byBusiness.get(business);
  if (found) return found;
  const queue = new GroupCommit<Work, PushAnswer>({
    run: async (works) => (await storeTogether(deps, business, works)).answers,
    mayJoin,
    size: (work) => work.readings.length,
    turn: deps.turn ?? null,
    turns,
    emptied: () => byBusiness.delete(business),
  });
  byBusiness.set(business, queue);
  return queue;
}

function queuesOf(db: Kysely<Schema>): Queues {
  const known = queues.get(db);
  if (known) return known;
  const turns = new Turns(meterOf(db) === null ? AT_ONCE.sqlite : AT_ONCE.postgres);
  const made = { turns, byBusiness: new Map<string, GroupCommit<Work, PushAnswer>>() };
  queues.set(db, made);
  return made;
}

async function storeTogether(deps: PushDeps, business: string, works: readonly Work[]): Promise<Stored> {
  const epoch = await readEpoch(deps.db);
  const around = { epoch, now: deps.clock.now() };
  const stored = await forBusiness(business, () =>
    transact(deps.db, async (trx) => {
      const head = await lockBusiness(trx, business);
      if (!head) throw new Error('A paired device belongs to a business.');
      return storePushes(trx, works, { ...around, head });
    }),
  );
  // A push that brought nothing new must not wake all the others.
  if (stored.moved) deps.live.moved(business, { members: stored.members });
  return stored;
}

/** Streams are moved on by one push each, and what a push brings of programs is meant for its own events. */
function mayJoin(group: readonly Work[], next: Work): boolean {
  const events = group.reduce((sum, work) => sum + work.readings.length, next.readings.length);
  if (group.length >= MOST_PUSHES || events > MOST_EVENTS) return false;
  if ([next, ...group].some((work) => work.request.programs.length > 0)) return false;
  return group.every((work) => work.device.device !== next.device.device);
}
