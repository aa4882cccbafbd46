import { addDays } from '../../../loyalty/days.ts';
import { quietSituation } from '../../../loyalty/policies/quietSituation.ts';
import type { GivenOffline, Situation } from '../../../loyalty/decision.ts';
import type { Redeemed } from '../../../loyalty/facts.ts';
import { hasManager } from '../../../loyalty/policies/hasManager.ts';
import { offlineRisk, ownWordLeft } from '../../../loyalty/policies/offlineRisk.ts';
import type { Batch } from '../batch/batch.ts';
import type { Booking } from '../booking.ts';
import type { Given } from '../risk.ts';

const DAY_MS = 86_400_000;
/** A till's clock may be that far off the server's before a voucher that it took counts as taken after its end. */
const CLOCK_NOISE_MS = 2 * 60_000;

/**
 * Whether a till gave a reward that its own policies should have refused: the same checks as at the till, on what the
 * ledger holds. It trusts what the event says of the till's moment (whether it was offline, since when): this finds tills
 * that do not keep to the rules, not ones that lie; giving the same thing twice is found in any case.
 */
export function isBeyondPolicy(batch: Batch, booking: Booking): boolean {
  const { event, member } = booking;
  const { fact } = event;
  const program = batch.programs.get(event.program);
  if (fact.kind !== 'redeemed' || event.device === 'server' || !program) return false;
  const { roles } = batch.risk;
  if (fact.approvedBy !== null && roles.get(fact.approvedBy) === 'staff') return true;
  if (fact.goOn?.kind === 'ownerCode' && !isOwnerCodeGood(batch, event.device, fact.goOn.n)) return true;
  if (fact.reservation !== undefined) return isReservationMisused(batch, booking, fact, fact.reservation);
  const reward = program.rewards.find(({ id }) => id === fact.reward);
  if (fact.offline === undefined || !reward) return false;
  if (reward.onlineOnly) return true;
  const given = givenBefore(batch, booking, fact);
  const situation: Situation = {
    at: event.at,
    online: false,
    lastSyncAt: fact.offline.since,
    staffRole: roles.get(event.staff ?? '') ?? 'staff',
    approvedBy: fact.approvedBy,
    credential: event.credential?.kind ?? 'manual',
    credentialId: event.credential?.id ?? null,
    goOn: fact.goOn ?? null,
    given: given.map((one) => asGiven(one, fact, member?.member ?? null)),
    latestAt: Math.max(event.at, ...given.filter((one) => isSameOutage(one, fact)).map((one) => one.at)),
    serverAt: batch.now,
    ...quietSituation,
  };
  if (offlineRisk(program, reward, situation) === null) return false;
  if (hasManager(situation) || fact.goOn?.kind === 'ownerCode') return false;
  return fact.goOn?.kind !== 'ownWord' || ownWordLeft(program, situation, event.day) === 0;
}

/** What the same till gave away offline before, and did not take back. */
function givenBefore(batch: Batch, { event }: Booking, fact: Redeemed): readonly Given[] {
  const { given, takenBack } = batch.risk;
  return [...given.values()].filter(
    (one) =>
      one.device === event.device &&
      one.run === event.run &&
      one.id !== event.id &&
      one.fact.offline !== undefined &&
      one.fact.reservation === undefined &&
      !takenBack.has(one.id) &&
      (isSameOutage(one, fact) || one.at > event.at - DAY_MS || one.day >= addDays(event.day, -1)),
  );
}

function isSameOutage(one: Given, fact: Redeemed): boolean {
  return one.fact.offline?.since === fact.offline?.since;
}

function asGiven(one: Given, fact: Redeemed, member: string | null): GivenOffline {
  return {
    reward: one.fact.reward,
    at: one.at,
    day: one.day,
    sameMember: one.member === member,
    thisOutage: isSameOutage(one, fact),
    ownWord: one.fact.goOn?.kind === 'ownWord',
  };
}

/** A code that the owner was shown, and that nobody has used before. */
function isOwnerCodeGood({ risk }: Batch, device: string, n: number): boolean {
  const codes = risk.ownerCodes.get(device);
  return codes !== undefined && n > codes.used && n <= codes.given;
}

/** A voucher that was made for somebody or something else, or taken long after its end. Unknown ones went with a lost server. */
function isReservationMisused(batch: Batch, { event, member }: Booking, fact: Redeemed, id: string): boolean {
  const row = batch.risk.reservations.get(id);
  if (!row) return false;
  const late = event.at + (event.skew ?? 0) > row.ends_at + CLOCK_NOISE_MS;
  const owner = batch.members.get(row.member);
  const isHis = row.member === member?.member || owner?.aliasOf === member?.member;
  return late || row.reward !== fact.reward || (owner !== undefined && !isHis);
}
