import type { Day } from './basics.ts';
import type { ProfileDates } from './decision.ts';
import { dueOn } from './rules/due.ts';
import { isActive } from './rules/isActive.ts';
import { balance, isLive } from './fold/lots.ts';
import { isMilestone, takenPerFiring } from './rules/milestones.ts';
import type { Program, RewardDefinition } from './program.ts';
import type { MemberState, Voucher } from './state.ts';
import type { MemberView, RewardView } from './views.ts';

/** What can be had now (open vouchers, what is due by date, what the balance pays) and what is near. */
export function rewardsOf(
  program: Program,
  state: MemberState,
  profile: ProfileDates,
  today: Day,
): Pick<MemberView, 'available' | 'near'> {
  const vouchers: RewardView[] = [];
  const due: RewardView[] = [];
  const paid: RewardView[] = [];
  const near: RewardView[] = [];
  for (const voucher of openVouchers(state, today)) {
    const reward = program.rewards.find(({ id }) => id === voucher.reward);
    if (reward === undefined || !isActive(reward.active, today, null)) continue;
    vouchers.push({ ...plain(reward), voucher: voucher.id, expires: voucher.expires });
  }
  for (const { rule, name, until } of dueOn(program, state, profile, today)) {
    for (const action of rule.do) {
      const reward = action.kind === 'issue' ? program.rewards.find(({ id }) => id === action.reward) : undefined;
      if (reward === undefined || !isActive(reward.active, today, null)) continue;
      due.push({ ...plain(reward), due: name, expires: until });
    }
  }
  for (const reward of program.rewards) {
    const { cost } = reward;
    if (cost === null || !isActive(reward.active, today, null)) continue;
    const have = balance(state, cost.unit, today);
    if (have >= cost.amount) paid.push({ ...plain(reward), cost });
    else
      near.push({ ...plain(reward), cost, progress: { unit: cost.unit, have: Math.max(0, have), need: cost.amount } });
  }
  near.push(...cardGifts(program, state, today));
  return { available: [...vouchers, ...due, ...paid], near: near.sort((a, b) => shareOf(b) - shareOf(a)) };
}

/** How much of its cost is there, in thousandths. */
function shareOf({ progress }: RewardView): number {
  return progress === null ? 0 : Math.floor((1000 * progress.have) / progress.need);
}

/** Open vouchers that still count on a day, the one that ends soonest first. */
export function openVouchers(state: MemberState, day: Day): Voucher[] {
  return state.vouchers
    .filter((voucher) => voucher.status === 'open' && isLive(voucher, day))
    .sort((a, b) => (a.expires === b.expires ? 0 : (a.expires ?? '~') < (b.expires ?? '~') ? -1 : 1));
}

/** The gifts that stamp cards lead to. */
function cardGifts(program: Program, state: MemberState, today: Day): RewardView[] {
  const gifts: RewardView[] = [];
  for (const rule of program.rules) {
    if (!isMilestone(rule) || rule.on.counter.kind !== 'unit' || takenPerFiring(rule) === 0) continue;
    if (!isActive(rule.active, today, null)) continue;
    const { unit } = rule.on.counter;
    const need = rule.on.at;
    const have = Math.max(0, Math.min(balance(state, unit, today), need));
    for (const action of rule.do) {
      const reward = action.kind === 'issue' ? program.rewards.find(({ id }) => id === action.reward) : undefined;
      if (reward === undefined) continue;
      gifts.push({ ...plain(reward), progress: { unit, have, need } });
    }
  }
  return gifts;
}

/** A reward as such, without what pays for it. */
export function plain(reward: RewardDefinition): RewardView {
  const { id, name, details, picture, gives, onlineOnly } = reward;
  return {
    reward: id,
    name,
    details,
    picture,
    gives,
    voucher: null,
    due: null,
    expires: null,
    cost: null,
    progress: null,
    onlineOnly,
  };
}
