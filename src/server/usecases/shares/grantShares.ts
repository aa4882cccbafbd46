import type { Kysely } from 'kysely';
import { addDays } from '../../../loyalty/days.ts';
import type { Program } from '../../../loyalty/program.ts';
import { planGrants } from '../../../loyalty/limits/grantPlan.ts';
import { dayOf } from '../../../protocol/day.ts';
import type { Business } from '../../../protocol/documents.ts';
import type { Admitted } from '../../../protocol/event.ts';
import type { Deps } from '../../deps.ts';
import { lockBusiness } from '../../store/businesses.ts';
import { transact } from '../../store/connection/transact.ts';
import { getDocument, listDocuments } from '../../store/documents.ts';
import { readEpoch } from '../../store/epoch.ts';
import type { Schema } from '../../store/schema.ts';
import { granting } from '../../store/granting.ts';
import { recordServerEventsIn, type ServerAct } from '../recordServerEvents.ts';
import { dropClosedPools, readPools } from '../../store/pools.ts';
import { type DuePool, duePools } from './windows.ts';

type GrantDeps = Pick<Deps, 'db' | 'clock' | 'random' | 'live'>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A till that has not been seen for so long gets nothing: it lies in a drawer, and what it holds nobody can have. */
const SEEN_DAYS = 7;

/**
 * Grants what is due of all limits for the whole business: windows that are open or open soon, and what tills have
 * released. To be called when a program is published, when something was released, and every now and then; calling it
 * once more changes nothing, and any number of processes may do so at once.
 * @returns how many pools something was granted of
 */
export async function grantShares(deps: GrantDeps, business: string): Promise<number> {
  // Mostly there is nothing to do, and nobody has to wait for that.
  if ((await planShares(deps.db, deps, business)).length === 0) return 0;
  const admitted = await transact(deps.db, (trx) => grantSharesIn(trx, deps, business));
  if (admitted.length > 0) deps.live.moved(business, { members: [] });
  return admitted.length;
}

/** The same inside a larger change; the caller tells `live.moved` after its commit. */
export async function grantSharesIn(
  trx: Kysely<Schema>,
  deps: Pick<Deps, 'clock' | 'random'>,
  business: string,
): Promise<readonly Admitted[]> {
  // From here on nobody else grants, so that what is read now is all that was ever granted.
  await lockBusiness(trx, business);
  const acts = await planShares(trx, deps, business);
  return acts.length === 0 ? [] : recordServerEventsIn(trx, deps, business, acts);
}

async function planShares(db: Kysely<Schema>, deps: Pick<Deps, 'clock'>, business: string): Promise<ServerAct[]> {
  const shop = await getDocument(db, business, 'business', business);
  const program = shop && (await getDocument(db, business, 'program', shop.program))?.program;
  if (!shop || !program) return [];
  const now = deps.clock.now();
  const moment: Moment = { shop, program, now };
  const due = await unblocked(db, business, duePools(program, ...horizonOf(moment)), moment);
  if (due.length === 0) return [];
  const pools = await readPools(
    db,
    business,
    due.map(({ pool }) => pool),
  );
  const devices = await activeDevices(db, business, now);
  return due.flatMap(({ pool, n }): ServerAct[] => {
    const to = planGrants(pools.get(pool) ?? { id: pool, accounts: {} }, n, devices);
    return to.length === 0 ? [] : [{ member: null, staff: null, fact: { kind: 'shareGranted', pool, to } }];
  });
}

/** What a business offers, and an instant to look at it. */
interface Moment {
  readonly shop: Business;
  readonly program: Program;
  readonly now: number;
}

/** Today and the last day on which a window may open to be granted now: as far ahead as a till may redeem offline. */
function horizonOf({ shop: { timeZone, cutOverHour }, program: { policies }, now }: Moment): [string, string] {
  const ahead = Math.max(24, policies.offlineRedeemHours) * HOUR_MS;
  return [dayOf(now, timeZone, cutOverHour), dayOf(now + ahead, timeZone, cutOverHour)];
}

/**
 * A restored server grants nothing of a window that the server before it may have granted: its tills may hold shares that
 * the backup does not know. That is every window that was within reach when this life began, but for an offer that was
 * first published in this life; the same version published once more is not a new one. (An offer that the backup does not
 * know at all, set up a second time under the same ids before any till has synced, can't be told from a new one.)
 */
async function unblocked(
  db: Kysely<Schema>,
  business: string,
  due: readonly DuePool[],
  moment: Moment,
): Promise<readonly DuePool[]> {
  if (due.length === 0) return due;
  const epoch = await readEpoch(db);
  const since = await granting(db, epoch, moment.now);
  if (since === null) return due;
  const [, reached] = horizonOf({ ...moment, now: since });
  const known = new Set<string>();
  for (const version of await listDocuments(db, business, 'program')) {
    const isOfThisLife = version.life === undefined ? version.publishedAt >= since : version.life === epoch;
    if (isOfThisLife) continue;
    for (const { id } of [...version.program.rewards, ...version.program.rules]) known.add(id);
  }
  // A day more than reached: its policy may have reached a little further then.
  return due.filter(({ subject, from }) => !known.has(subject) || (from !== null && from > addDays(reached, 1)));
}

/** Tills in use, in the order of their ids. */
async function activeDevices(db: Kysely<Schema>, business: string, now: number): Promise<string[]> {
  const rows = await db
    .selectFrom('devices')
    .select('device')
    .where('business', '=', business)
    .where('revoked_at', 'is', null)
    .where('seen_at', '>=', now - SEEN_DAYS * DAY_MS)
    .orderBy('device')
    .execute();
  return rows.map(({ device }) => device);
}

/** Forgets the counts of windows that have been over for long; the ledger keeps what happened in them. */
export async function forgetClosedPools(deps: GrantDeps, business: string): Promise<void> {
  const shop = await getDocument(deps.db, business, 'business', business);
  if (!shop) return;
  await dropClosedPools(deps.db, business, dayOf(deps.clock.now(), shop.timeZone, shop.cutOverHour));
}
