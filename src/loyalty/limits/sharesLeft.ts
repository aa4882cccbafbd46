import type { Day } from '../basics.ts';
import type { ShareLeft, SharesLeft } from '../decision.ts';
import { rewardKey } from './limits.ts';
import type { Limit, Program } from '../program.ts';
import {
  accountOf,
  foldShare,
  leftOf,
  poolOf,
  readShare,
  type ShareEffect,
  shareOf,
  type SharePool,
} from './shares.ts';

/** A limit per device or business with what it limits: a rule's id, or the key of a reward. */
export interface SharedLimit {
  readonly id: string;
  readonly limit: Limit;
}

/** All limits of a program that are counted in shares. */
export function sharedLimits(program: Program): readonly SharedLimit[] {
  const of = (id: string, limits: readonly Limit[]) =>
    limits.filter(({ per }) => per !== 'member').map((limit): SharedLimit => ({ id, limit }));
  return [
    ...program.rewards.flatMap(({ id, limits }) => of(rewardKey(id), limits)),
    ...program.rules.flatMap(({ id, limits }) => of(id, limits)),
  ];
}

/**
 * What a device may still give on a day, by pool.
 * @param poolNamed the pool as it is booked; undefined where nothing of it was ever granted or used
 * @param own what the device has done since, and the pools do not include yet
 */
export function sharesLeft(
  program: Program,
  day: Day,
  device: string,
  poolNamed: (pool: string) => SharePool | undefined,
  own: readonly ShareEffect[],
): SharesLeft {
  const shares: Record<string, ShareLeft> = {};
  for (const { id, limit } of sharedLimits(program)) {
    const name = poolOf(id, limit, day);
    if (name === null) continue;
    let pool = poolNamed(name) ?? { id: name, accounts: {} };
    for (const effect of own) if (readShare(effect.share).pool === name) pool = foldShare(pool, effect);
    let elsewhere = 0;
    for (const other of limit.per === 'business' ? Object.keys(pool.accounts) : []) {
      if (other !== device) elsewhere += Math.max(0, leftOf(name, accountOf(pool, other), limit.n));
    }
    const left = leftOf(name, accountOf(pool, device), limit.n);
    shares[name] = { share: shareOf(name, device), left: Math.max(0, left), elsewhere };
  }
  return shares;
}
