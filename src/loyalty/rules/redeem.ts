import { type Booking, emit } from './booking.ts';
import { bookDue, dueNamed } from './due.ts';
import type { Redeemed } from '../facts.ts';
import { atLeastZero } from '../integers.ts';
import { markUse, rewardKey } from '../limits/limits.ts';
import type { RewardDefinition } from '../program.ts';
import { entry } from '../records.ts';
import { take } from './spendLots.ts';
import { voucherOf } from '../fold/vouchers.ts';

/** Goods were handed over: the voucher is used up, or the cost is taken; what cannot be covered is owed or overdrawn. */
export function redeem(booking: Booking, fact: Redeemed): void {
  const { program, context } = booking;
  const reward = program.rewards.find(({ id }) => id === fact.reward);
  const { reservation } = fact;
  if (booking.draft.state.holds?.some((held) => held.reservation === reservation)) {
    emit(booking, { rule: 'fact', kind: 'release', reservation: reservation ?? '' });
  }
  if (reward !== undefined) {
    const key = rewardKey(reward.id);
    markUse(booking, 'fact', key, reward.limits, context.event);
  }
  const voucher = fact.voucher ?? fact.due;
  if (voucher !== null) {
    // A fact that names another voucher beside what is due uses that voucher; what is due waits for its own redemption.
    if (voucher === fact.due) issueDue(booking, fact, voucher);
    return consume(booking, fact, voucher, reward);
  }
  if (reward === undefined || reward.cost === null) return overdraw(booking, fact, context.event, reward);
  const { unit } = reward.cost;
  const amount = atLeastZero(reward.cost.amount);
  booking.why.push({ kind: 'spent', unit, amount, reward: reward.id });
  take(booking, { rule: 'fact', unit, amount }, null);
}

/** What a date has made due is booked when it is used. */
function issueDue(booking: Booking, fact: Redeemed, name: string): void {
  const due = dueNamed(booking, name);
  if (due === null || entry(booking.draft.state.firedFor, name) !== undefined) return;
  if (due.rule.do.some((action) => action.kind === 'issue' && action.reward === fact.reward)) bookDue(booking, due);
}

function consume(booking: Booking, fact: Redeemed, id: string, reward: RewardDefinition | undefined): void {
  const { draft, context } = booking;
  const voucher = voucherOf(draft.state, id);
  if (voucher === undefined || voucher.status === 'open') {
    const ahead = voucher === undefined;
    const rule = voucher?.rule ?? 'fact';
    emit(booking, {
      rule,
      kind: 'consume',
      voucher: id,
      reward: fact.reward,
      by: context.event,
      on: context.day,
      ahead,
    });
  } else overdraw(booking, fact, id, reward);
}

function overdraw(booking: Booking, fact: Redeemed, voucher: string, reward: RewardDefinition | undefined): void {
  const cost = reward?.costToShop ?? 0;
  emit(booking, { rule: 'fact', kind: 'overdraw', voucher, reward: fact.reward, by: booking.context.event, cost });
  booking.why.push({ kind: 'overdrawn', reward: fact.reward, voucher, cost });
}
