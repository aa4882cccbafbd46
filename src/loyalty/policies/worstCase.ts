import type { Money } from '../basics.ts';
import { ownWordPerOutage } from './offlineRisk.ts';
import { policiesOf } from './policiesOf.ts';
import type { Program } from '../program.ts';

/** What the policies let an outage cost at most, without a manager's approval. */
export interface WorstCase {
  readonly tills: number;
  /** Rewards that one till may give in one outage. */
  readonly rewards: number;
  /** Of those, on the staff's own word where a manager was needed. */
  readonly onOwnWord: number;
  /** At cost to the shop. */
  readonly perTill: Money;
  readonly total: Money;
  /** The money cap is what bounds it, not the number of rewards. */
  readonly capped: boolean;
}

/**
 * The most that `tills` tills, all of them offline and blind to each other, can give away in one outage: each up to its
 * caps, always the most expensive reward that is allowed offline, and all of it for nothing.
 */
export function worstCase(program: Program, tills: number): WorstCase {
  const policies = policiesOf(program.policies);
  const allowed = program.rewards.filter((reward) => !reward.onlineOnly);
  const apart = allowed.filter((reward) => reward.offline?.perOutage !== undefined);
  const together = allowed.filter((reward) => reward.offline?.perOutage === undefined);
  const shared = together.length > 0 ? policies.offlineRedemptionsPerOutage : 0;
  const dearest = (rewards: typeof allowed) => Math.max(0, ...rewards.map((reward) => reward.costToShop));
  const counted = apart.reduce(
    (sum, { costToShop, offline }) => sum + costToShop * (offline?.perOutage ?? 0),
    shared * dearest(together),
  );
  const most = policies.offlineValuePerOutage;
  const onOwnWord = allowed.length > 0 ? ownWordPerOutage(policies) : 0;
  const perTill = Math.min(counted, most ?? counted) + onOwnWord * dearest(allowed);
  const rewards = apart.reduce((sum, { offline }) => sum + (offline?.perOutage ?? 0), shared + onOwnWord);
  return { tills, rewards, onOwnWord, perTill, total: perTill * tills, capped: most !== null && most < counted };
}
