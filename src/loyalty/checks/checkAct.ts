import type { Refusal } from '../decision.ts';
import type { Fact, Sale } from '../facts.ts';
import { hasManager } from '../policies/hasManager.ts';
import type { Asked } from './asked.ts';

/** Sales, goodwill, adjustments: amounts make sense, the cool-down is over, limits of staff hold. */
export function checkAct(asked: Asked, fact: Fact): Refusal | null {
  const { program, situation } = asked;
  const { policies } = program;
  switch (fact.kind) {
    case 'sale':
      return isSaleSound(fact) ? checkCooldown(asked) : { kind: 'badAmount' };
    case 'goodwill':
    case 'goodwillReward':
      if (fact.kind === 'goodwill' && !isPositive(fact.amount)) return { kind: 'badAmount' };
      if (fact.kind === 'goodwillReward' && !program.rewards.some(({ id }) => id === fact.reward)) {
        return { kind: 'unknownReward', reward: fact.reward };
      }
      if (isBlank(fact.reason)) return { kind: 'reasonNeeded' };
      return situation.goodwillToday >= policies.goodwillPerStaffPerDay && !hasManager(situation)
        ? { kind: 'managerNeeded', because: 'goodwillLimit' }
        : null;
    case 'adjusted':
      if (!Number.isSafeInteger(fact.amount) || fact.amount === 0) return { kind: 'badAmount' };
      if (isBlank(fact.reason)) return { kind: 'reasonNeeded' };
      return hasManager(situation) ? null : { kind: 'managerNeeded', because: 'adjustment' };
    default:
      return null;
  }
}

/** true where a reason was not given: nothing, or nothing but spaces. */
export function isBlank(reason: string | null): boolean {
  return reason === null || reason.trim() === '';
}

function checkCooldown({ program, situation }: Asked): Refusal | null {
  const { at, lastEarnAt, secondPurchase } = situation;
  if (lastEarnAt === null || secondPurchase) return null;
  const passed = at - lastEarnAt;
  const all = program.policies.cooldownSeconds * 1000;
  const left = all - passed;
  // A clock that was set back opens nothing; "new purchase" still goes on.
  return left <= 0 ? null : { kind: 'cooldown', secondsLeft: Math.ceil(Math.min(left, all) / 1000) };
}

function isSaleSound({ total, lines }: Sale): boolean {
  const isMoney = (amount: number | null) => amount === null || (Number.isSafeInteger(amount) && amount >= 0);
  return isMoney(total) && lines.every((line) => isPositive(line.quantity) && isMoney(line.amount));
}

function isPositive(n: number): boolean {
  return Number.isSafeInteger(n) && n > 0;
}
