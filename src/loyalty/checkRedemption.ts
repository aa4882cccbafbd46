import { dueOn } from './due.ts';
import type { ManagerReason, Refusal, Situation } from './decision.ts';
import type { Redeemed } from './facts.ts';
import { hasManager } from './hasManager.ts';
import { isActive } from './isActive.ts';
import { reachedLimit, rewardKey } from './limits.ts';
import { balance, isLive } from './lots.ts';
import { isMilestone } from './milestones.ts';
import type { Policies, Program, RewardDefinition } from './program.ts';
import type { Asked } from './asked.ts';
import { entry } from './records.ts';
import { openVouchers } from './rewardViews.ts';
import { voucherOf } from './vouchers.ts';

/** How a reward is had: the named voucher, else the open one that ends soonest, else what is due by date, else its cost. */
export function pickRedemption(asked: Asked, reward: string, wanted: string | null): Redeemed {
  const { program, state, context, situation } = asked;
  const { approvedBy } = situation;
  const voucher = wanted ?? openVouchers(state, context.day).find((open) => open.reward === reward)?.id ?? null;
  const due = dueOn(program, state, context.profile, context.day).find(
    ({ rule, name }) =>
      (voucher === null || voucher === name) &&
      rule.do.some((action) => action.kind === 'issue' && action.reward === reward),
  );
  const name = due?.name ?? null;
  return { kind: 'redeemed', reward, voucher: voucher ?? name, due: name, approvedBy };
}

/** A redemption: the reward is on, there is something to pay it with, and the bounds of risk hold. */
export function checkRedemption(asked: Asked, fact: Redeemed): Refusal | null {
  const { program, state, context, situation } = asked;
  const { day } = context;
  const reward = program.rewards.find(({ id }) => id === fact.reward);
  if (reward === undefined) return { kind: 'unknownReward', reward: fact.reward };
  if (!isActive(reward.active, day, null)) return { kind: 'rewardNotActive', reward: reward.id };
  const shown = situation.credentialId;
  if (shown !== null && entry(state.credentials, shown)?.revoked === true) return { kind: 'credentialRevoked' };
  const unpaid = fact.voucher === null ? checkCost(asked, reward) : checkVoucher(asked, fact, fact.voucher);
  if (unpaid !== null) return unpaid;
  const limit = reachedLimit(state, rewardKey(reward.id), reward.limits, day);
  if (limit !== null) return { kind: 'limitReached', n: limit.n };
  if (situation.online) return null;
  if (reward.onlineOnly) return { kind: 'onlineOnly', reward: reward.id };
  const because = offlineRisk(situation, program.policies);
  return because === null || hasManager(situation) ? null : { kind: 'managerNeeded', because };
}

function checkCost({ program, state, context }: Asked, reward: RewardDefinition): Refusal | null {
  const cost = reward.cost ?? cardOf(program, reward.id);
  if (cost === null) return { kind: 'voucherNotOpen', voucher: '', status: 'unknown' };
  const have = balance(state, cost.unit, context.day);
  // A card that is full has turned into its gift already; its stamps alone buy nothing.
  if (reward.cost !== null && have >= cost.amount) return null;
  return { kind: 'balanceTooLow', unit: cost.unit, have, need: cost.amount };
}

/** The stamp card that leads to a reward. */
function cardOf(program: Program, reward: string): RewardDefinition['cost'] {
  for (const rule of program.rules) {
    if (!isMilestone(rule) || rule.on.counter.kind !== 'unit') continue;
    if (!rule.do.some((action) => action.kind === 'issue' && action.reward === reward)) continue;
    return { unit: rule.on.counter.unit, amount: rule.on.at };
  }
  return null;
}

function checkVoucher({ program, state, context }: Asked, fact: Redeemed, id: string): Refusal | null {
  const voucher = voucherOf(state, id);
  if (voucher === undefined) {
    const isDue = dueOn(program, state, context.profile, context.day).some(
      ({ rule, name }) =>
        name === fact.due && rule.do.some((action) => action.kind === 'issue' && action.reward === fact.reward),
    );
    return isDue ? null : { kind: 'voucherNotOpen', voucher: id, status: 'unknown' };
  }
  if (voucher.status !== 'open') return { kind: 'voucherNotOpen', voucher: id, status: 'consumed' };
  if (voucher.reward !== fact.reward) return { kind: 'voucherNotOpen', voucher: id, status: 'unknown' };
  return isLive(voucher, context.day) ? null : { kind: 'voucherNotOpen', voucher: id, status: 'expired' };
}

/** What makes a redemption without the network risky enough for a manager, or `null`. */
function offlineRisk(situation: Situation, policies: Policies): ManagerReason | null {
  const { at, lastSyncAt, credential } = situation;
  // In either direction: a clock that was set back must not make the last sync young for ever.
  const far = lastSyncAt === null || Math.abs(at - lastSyncAt) > policies.offlineRedeemHours * 3_600_000;
  if (far) return 'offlineTooLong';
  if (credential !== 'rotating') return 'weakCredential';
  if (situation.memberRedemptions24h >= policies.offlineRedemptionsPerMember24h) return 'offlineMemberLimit';
  return situation.redemptionsThisOutage >= policies.offlineRedemptionsPerOutage ? 'offlineOutageLimit' : null;
}
