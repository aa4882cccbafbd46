import type { Kysely } from 'kysely';
import { accountOf, isShareOpen, leftOf, readPool, shareOf } from '../../../loyalty/limits/shares.ts';
import { dayOf } from '../../../protocol/day.ts';
import type { Deps } from '../../deps.ts';
import { getDocument, listDocuments } from '../../store/documents.ts';
import type { Schema } from '../../store/schema.ts';
import { recordServerEventsIn, type ServerAct } from '../recordServerEvents.ts';

/** A till that has wiped itself, and through which seq it had recorded by run. */
interface Wiped {
  readonly business: string;
  readonly device: string;
  readonly recorded: Readonly<Record<string, number>>;
}

/**
 * Gives back what a till has left of its shares, by `shareReleased` of the server's own, after it was removed at the counter. Within
 * a transaction that holds the lock of the business.
 *
 * Only then, and only where everything that it ever recorded is here: a till gives its shares out without a network, so of one that
 * was revoked in the office, replaced or lost nobody knows what it has given since it was last heard, and no waiting tells.
 * Those keep theirs until the window is over; else a limit of 20 could become 25. The same where a copy of the till is known:
 * the copy has the same shares.
 */
export async function returnShares(
  trx: Kysely<Schema>,
  deps: Pick<Deps, 'clock' | 'random'>,
  { business, device, recorded }: Wiped,
): Promise<void> {
  const shop = await getDocument(trx, business, 'business', business);
  if (!shop || !(await isComplete(trx, { business, device, recorded }))) return;
  const today = dayOf(deps.clock.now(), shop.timeZone, shop.cutOverHour);
  const pools = await listDocuments(trx, business, 'shares');
  const acts = pools.flatMap((pool): ServerAct[] => {
    const share = shareOf(pool.id, device);
    const n = leftOf(pool.id, accountOf(pool, device), 0);
    if (n <= 0 || readPool(pool.id)?.per !== 'business' || !isShareOpen(share, today)) return [];
    return [{ member: null, staff: null, fact: { kind: 'shareReleased', share, n } }];
  });
  if (acts.length > 0) await recordServerEventsIn(trx, deps, business, acts);
}

/** Whether all that a till has said to have recorded, now and before, is stored, and no copy of it was ever noticed. */
async function isComplete(trx: Kysely<Schema>, { business, device, recorded }: Wiped): Promise<boolean> {
  const streams = await trx
    .selectFrom('streams')
    .select(['run', 'fork_of', 'stored_through', 'recorded_through', 'left_at'])
    .where('business', '=', business)
    .where('device', '=', device)
    .execute();
  if (streams.some((one) => one.fork_of !== null || one.left_at !== null)) return false;
  if (streams.some((one) => one.recorded_through > one.stored_through)) return false;
  // What could not be read may have used a share; it is tried again after an upgrade.
  const aside = await trx
    .selectFrom('quarantine')
    .select('seq')
    .where('business', '=', business)
    .where('device', '=', device)
    .limit(1)
    .executeTakeFirst();
  if (aside !== undefined) return false;
  const stored = new Map(streams.map((one) => [one.run, one.stored_through]));
  return Object.entries(recorded).every(([run, through]) => (stored.get(run) ?? 0) >= through);
}
