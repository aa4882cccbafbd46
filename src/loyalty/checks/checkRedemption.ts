import { checkLimits } from './checkLimits.ts';
import { dueOn } from '../rules/due.ts';
import type { Refusal, Request } from '../decision.ts';
import type { Redeemed } from '../facts.ts';
import { hasManager } from '../policies/hasManager.ts';
import { heldUnits, holdOnVoucher } from '../fold/holds.ts';
import { isActive } from '../rules/isActive.ts';
import { balance, isLive } from '../fold/lots.ts';
import { isMilestone } from '../rules/milestones.ts';
import { isBlind, offlineRisk, ownWordLeft } from '../policies/offlineRisk.ts';
import type { Program, RewardDefinition } from '../program.ts';
import type { Asked } from './asked.ts';
import { entry } from '../records.ts';
import { openVouchers } from '../rewardViews.ts';
import { standingOf } from '../fold/strikes.ts';
import { voucherOf } from '../fold/vouchers.ts';

/** The longest that a voucher may hold a reward, and ten minutes for clocks. */
const MOST_AHEAD_MS = 70 * 60_000;

/** How a reward is had: the named voucher, else the open one that ends soonest, else what is due by date, else its cost. */
export function pickRedemption(asked: Asked, request: Extract<Request, { kind: 'redeem' }>): Redeemed {
  const { program, state, context, situation } = asked;
  const { reward, reservation } = request;
  const { approvedBy, goOn, lastSyncAt } = situation;
  const circumstances = {
    approvedBy,
    ...(isBlind(situation, program) && { offline: { since: lastSyncAt } }),
    ...(goOn !== null && { goOn }),
  };
  if (reservation !== undefined) {
    // What pays for it stands in the voucher from the phone: the server knew more than this till may.
    const { id, due } = reservation;
    return { kind: 'redeemed', reward, voucher: request.voucher, due, ...circumstances, reservation: id };
  }
  const voucher =
    request.voucher ?? openVouchers(state, context.day).find((open) => open.reward === reward)?.id ?? null;
  const due = dueOn(program, state, context.profile, context.day).find(
    ({ rule, name }) =>
      (voucher === null || voucher === name) &&
      rule.do.some((action) => action.kind === 'issue' && action.reward === reward),
  );
  const name = due?.name ?? null;
  return { kind: 'redeemed', reward, voucher: voucher ?? name, due: name, ...circumstances };
}

/** A redemption: the reward is on, there is something to pay it with, and the bounds of risk hold. */
export function checkRedemption(asked: Asked, fact: Redeemed): Refusal | null {
  const { program, state, context, situation } = asked;
  const { day } = context;
  const reward = program.rewards.find(({ id }) => id === fact.reward);
  if (reward === undefined) return { kind: 'unknownReward', reward: fact.reward };
  const shown = situation.credentialId;
  if (shown !== null && entry(state.credentials, shown)?.revoked === true) return { kind: 'credentialRevoked' };
  const standing = standingOf(state, program.policies, day);
  if (standing === 'blocked') return { kind: 'memberBlocked' };
  if (fact.reservation !== undefined) return checkReservation(asked, reward, fact);
  if (!isActive(reward.active, day, null)) return { kind: 'rewardNotActive', reward: reward.id };
  const unpaid = checkPayment(asked, reward, fact);
  if (unpaid !== null) return unpaid;
  const limited = checkLimits(asked, fact, reward);
  if (limited !== null) return limited;
  if (!isBlind(situation, program)) return null;
  if (reward.onlineOnly) return { kind: 'onlineOnly', reward: reward.id };
  if (standing === 'onlineOnly') return { kind: 'memberOnlineOnly' };
  return checkRisk(asked, reward);
}

/**
 * A voucher from the phone lifts the bounds of risk, and the balance that this till knows: the server has looked and keeps
 * the reward. But where this till itself gave the member something that the server does not know of yet, its own
 * knowledge counts.
 */
function checkReservation(asked: Asked, reward: RewardDefinition, fact: Redeemed): Refusal | null {
  const { reservation, serverAt, clockBehind, given } = asked.situation;
  if (reservation === null || reservation.used) return { kind: 'reservationUsed' };
  // One from far ahead cannot be judged: this till's clock is behind, and would take it for good long after its end.
  const left = reservation.until - serverAt;
  if (clockBehind || left < 0 || left > MOST_AHEAD_MS) return { kind: 'reservationExpired' };
  const unseen = given.some((one) => one.sameMember && one.thisOutage);
  return unseen ? checkPayment(asked, reward, fact) : null;
}

function checkRisk({ program, context, situation }: Asked, reward: RewardDefinition): Refusal | null {
  const because = offlineRisk(program, reward, situation);
  if (because === null || hasManager(situation) || situation.goOn?.kind === 'ownerCode') return null;
  const ownWord = ownWordLeft(program, situation, context.day);
  return situation.goOn?.kind === 'ownWord' && ownWord > 0 ? null : { kind: 'managerNeeded', because, ownWord };
}

function checkPayment(asked: Asked, reward: RewardDefinition, fact: Redeemed): Refusal | null {
  return fact.voucher === null ? checkCost(asked, reward) : checkVoucher(asked, fact, fact.voucher);
}

function checkCost({ program, state, context, situation }: Asked, reward: RewardDefinition): Refusal | null {
  const cost = reward.cost ?? cardOf(program, reward.id);
  if (cost === null) return { kind: 'voucherNotOpen', voucher: '', status: 'unknown' };
  const have = balance(state, cost.unit, context.day);
  // A card that is full has turned into its gift already; its stamps alone buy nothing.
  if (reward.cost === null || have < cost.amount) {
    return { kind: 'balanceTooLow', unit: cost.unit, have, need: cost.amount };
  }
  const held = heldUnits(state, cost.unit, situation.serverAt, situation.reservation?.id ?? null);
  return have - held.amount >= cost.amount ? null : { kind: 'held', until: held.until };
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

function checkVoucher({ program, state, context, situation }: Asked, fact: Redeemed, id: string): Refusal | null {
  const hold = holdOnVoucher(state, id, situation.serverAt, situation.reservation?.id ?? null);
  if (hold !== null) return { kind: 'held', until: hold.until };
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
