import type { Deps } from '../deps.ts';
import { lockBusiness } from '../store/businesses.ts';
import { readMember } from '../store/members.ts';
import { sweepDeleted } from '../store/connection/sweep.ts';
import { recordServerEventsIn } from './recordServerEvents.ts';

/**
 * Forgets a member who asks for it, for good: the profile is gone, cards are revoked, no phone leads to the card any more, and
 * backups lose the key to the name. What the ledger has is a random id with its sales, so sums and chain stay as they are; the
 * ledger says that the member was erased, and tills follow at their next sync. Doing it again changes nothing.
 * @param staff who did it in the office; `null`: the customer's own wish
 * @returns `false` where there is no such member
 */
export async function eraseMember(
  deps: Pick<Deps, 'db' | 'clock' | 'random' | 'live'>,
  business: string,
  of: string,
  staff: string | null,
): Promise<boolean> {
  const members = await deps.db.transaction().execute(async (trx) => {
    await lockBusiness(trx, business);
    const found = await readMember(trx, business, of);
    if (!found) return null;
    const { member, state } = found;
    const profile = await trx
      .selectFrom('profiles')
      .select('data')
      .where('business', '=', business)
      .where('member', '=', member)
      .executeTakeFirst();
    if (profile?.data === null) return [];
    await recordServerEventsIn(trx, deps, business, [{ member, staff, fact: { kind: 'erased' } }]);
    return [member, ...state.aliases];
  });
  if (members === null) return false;
  if (members.length > 0) deps.live.moved(business, { members });
  await sweepDeleted(deps.db);
  return true;
}
