import type { Asked } from './asked.ts';
import type { Refusal } from '../decision.ts';
import type { Redeemed } from '../facts.ts';
import { reachedLimit, rewardKey } from '../limits/limits.ts';
import type { Limit, RewardDefinition } from '../program.ts';
import { entry } from '../records.ts';
import { poolOf } from '../limits/shares.ts';

/** The limits of a redemption: of the reward for this member, and what this till has left of what is limited for all. */
export function checkLimits(asked: Asked, fact: Redeemed, reward: RewardDefinition): Refusal | null {
  const { program, state, context } = asked;
  const key = rewardKey(reward.id);
  const own = reachedLimit(state, key, reward.limits, context.day);
  if (own !== null) return { ...refused(own), elsewhere: 0 };
  const { due } = fact;
  const rule = due === null ? undefined : program.rules.find(({ id }) => due.startsWith(`${id}/`));
  return checkShares(asked, key, reward.limits) ?? (rule ? checkShares(asked, rule.id, rule.limits) : null);
}

function checkShares({ context, situation }: Asked, id: string, limits: readonly Limit[]): Refusal | null {
  for (const limit of limits) {
    if (limit.per === 'member') continue;
    const pool = poolOf(id, limit, context.day);
    const share = pool === null ? undefined : entry(situation.shares ?? {}, pool);
    if (share === undefined || share.left <= 0) return { ...refused(limit), elsewhere: share?.elsewhere ?? 0 };
  }
  return null;
}

function refused({ n, per, window }: Limit) {
  return { kind: 'limitReached', n, per, window } as const;
}
