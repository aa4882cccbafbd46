import type { Day } from '../basics.ts';
import type { GivenOffline, ManagerReason, Situation } from '../decision.ts';
import { policiesOf, type AllPolicies } from './policiesOf.ts';
import type { Program, RewardDefinition } from '../program.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Whether a till must decide without the server: it is offline, or has not heard from it for so long that what it knows
 * counts as stale.
 */
export function isBlind(situation: Situation, program: Program): boolean {
  return !situation.online || ageOf(situation) > policiesOf(program.policies).staleHours * HOUR_MS;
}

/** What makes a redemption without the server risky enough for a manager, or `null`. The same at the till and on the server. */
export function offlineRisk(program: Program, reward: RewardDefinition, situation: Situation): ManagerReason | null {
  const policies = policiesOf(program.policies);
  const { given, at } = situation;
  if (ageOf(situation) > policies.offlineRedeemHours * HOUR_MS) return 'offlineTooLong';
  if (situation.credential !== 'rotating') return 'weakCredential';
  const { perMember24h, perOutage } = reward.offline ?? {};
  // In the future as well: a clock that was set back forgets nothing.
  const lately = given.filter((one) => one.sameMember && one.at > at - DAY_MS);
  const ofMember = countFor(program, reward, 'perMember24h', lately);
  if (ofMember >= (perMember24h ?? policies.offlineRedemptionsPerMember24h)) return 'offlineMemberLimit';
  const outage = given.filter((one) => one.thisOutage);
  const ofOutage = countFor(program, reward, 'perOutage', outage);
  if (ofOutage >= (perOutage ?? policies.offlineRedemptionsPerOutage)) return 'offlineOutageLimit';
  return isOverValue(program, reward, outage, policies) ? 'offlineOutageValue' : null;
}

/** How many times staff may still give something on their own word today; none once the redeem lease is over. */
export function ownWordLeft(program: Program, situation: Situation, day: Day): number {
  const policies = policiesOf(program.policies);
  if (ageOf(situation) > policies.offlineRedeemHours * HOUR_MS) return 0;
  const own = situation.given.filter((one) => one.ownWord);
  const today = policies.ownWordPerDay - own.filter((one) => one.day === day).length;
  // However the clock is moved, an outage never has more days than the lease.
  const outage = ownWordPerOutage(policies) - own.filter((one) => one.thisOutage).length;
  return Math.max(0, Math.min(today, outage));
}

/** The most that staff may give on their own word at one till in one outage: the lease touches so many days. */
export function ownWordPerOutage({ offlineRedeemHours, ownWordPerDay }: AllPolicies): number {
  return ownWordPerDay * (Math.ceil(offlineRedeemHours / 24) + 1);
}

/** Age of what the till knows, in either direction: a clock that was set back must not make the last sync young for ever. */
function ageOf({ at, latestAt, lastSyncAt }: Situation): number {
  if (lastSyncAt === null) return Number.POSITIVE_INFINITY;
  return Math.max(Math.abs(at - lastSyncAt), Math.abs(latestAt - lastSyncAt));
}

/** Rewards with a bound of their own count for themselves, all others together. */
function countFor(
  program: Program,
  reward: RewardDefinition,
  bound: 'perMember24h' | 'perOutage',
  given: readonly GivenOffline[],
): number {
  if (reward.offline?.[bound] !== undefined) return given.filter((one) => one.reward === reward.id).length;
  const apart = new Set(program.rewards.filter((one) => one.offline?.[bound] !== undefined).map((one) => one.id));
  return given.filter((one) => !apart.has(one.reward)).length;
}

function isOverValue(
  program: Program,
  { costToShop }: RewardDefinition,
  outage: readonly GivenOffline[],
  { offlineValuePerOutage: most }: AllPolicies,
): boolean {
  if (most === null) return false;
  const costs = new Map(program.rewards.map((one) => [one.id, one.costToShop]));
  return outage.reduce((sum, one) => sum + (costs.get(one.reward) ?? 0), 0) + costToShop > most;
}
