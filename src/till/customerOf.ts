import type { MemberView } from '../loyalty/views.ts';
import { view } from '../loyalty/view.ts';
import { dayOf } from '../protocol/day.ts';
import type { Documents } from './members/documents.ts';
import type { Known, Members } from './members/members.ts';
import { profileDates } from '../protocol/profile.ts';
import type { Customer, CustomerCredential } from './till.ts';

const NOTHING: MemberView = {
  balances: [],
  available: [],
  near: [],
  tier: null,
  visits: 0,
  lastVisit: null,
  enrolledOn: null,
};

/** A member as screens show it, on today's program. */
export function customerOf(
  documents: Documents,
  members: Members,
  serverNow: number,
  known: Known,
  credential: CustomerCredential | null,
): Customer {
  const { business, current } = documents;
  const shown =
    business === null || current === null
      ? NOTHING
      : view(
          current.program,
          known.state,
          profileDates(known.profile),
          dayOf(serverNow, business.timeZone, business.cutOverHour),
        );
  return {
    member: known.member,
    credential,
    profile: known.profile,
    state: known.state,
    view: shown,
    unknownHere: known.unknownHere,
    asOf: members.generation.asOf,
  };
}
