import type { Day, UnitId } from './basics.ts';
import type { ProfileDates } from './decision.ts';
import { isActive } from './rules/isActive.ts';
import { balance, isLive } from './fold/lots.ts';
import { isMilestone, takenPerFiring } from './rules/milestones.ts';
import type { Program, UnitDefinition } from './program.ts';
import { countOf } from './records.ts';
import { rewardsOf } from './rewardViews.ts';
import type { MemberState } from './state.ts';
import type { BalanceView, MemberView } from './views.ts';

/** What can be shown of a member on a day: balances, what can be had now and what is near, tier, visits. Pure and total. */
export function view(program: Program, state: MemberState, profile: ProfileDates, today: Day): MemberView {
  return {
    balances: program.units.map((unit) => balanceOf(program, state, unit, today)),
    ...rewardsOf(program, state, profile, today),
    tier: tierOf(program, state, today),
    visits: visitsOf(state),
    lastVisit: state.lastVisit,
    enrolledOn: state.enrolledOn,
  };
}

function balanceOf(program: Program, state: MemberState, unit: UnitDefinition, today: Day): BalanceView {
  const amount = balance(state, unit.id, today);
  const byDay = new Map<Day, number>();
  for (const lot of state.lots) {
    if (lot.unit !== unit.id || lot.expires === null || !isLive(lot, today)) continue;
    byDay.set(lot.expires, (byDay.get(lot.expires) ?? 0) + lot.left);
  }
  return {
    unit: unit.id,
    kind: unit.kind,
    name: unit.name,
    amount,
    // Lots are kept in the order in which they end.
    expiring: [...byDay].map(([expires, ending]) => ({ amount: ending, expires })),
    card:
      unit.card === null
        ? null
        : {
            ...unit.card,
            filled: Math.max(0, Math.min(amount, unit.card.takes)),
            openGifts: openGifts(program, state, unit.id, today),
          },
    carried: carriedOf(program, state, unit.id, today),
  };
}

function openGifts(program: Program, state: MemberState, unit: UnitId, today: Day): number {
  const rules = new Set(
    program.rules
      .filter((rule) => isMilestone(rule) && rule.on.counter.kind === 'unit' && rule.on.counter.unit === unit)
      .filter((rule) => isMilestone(rule) && takenPerFiring(rule) > 0)
      .map(({ id }) => id),
  );
  return state.vouchers.filter(
    (voucher) => voucher.status === 'open' && rules.has(voucher.rule) && isLive(voucher, today),
  ).length;
}

function carriedOf(program: Program, state: MemberState, unit: UnitId, today: Day): BalanceView['carried'] {
  for (const rule of program.rules) {
    if (rule.on.kind !== 'sale' || !isActive(rule.active, today, null)) continue;
    for (const action of rule.do) {
      if (action.kind !== 'credit' || action.unit !== unit || action.amount.kind !== 'perSpend') continue;
      return { remainder: countOf(state.carry, rule.id), per: action.amount.per };
    }
  }
  return null;
}

function tierOf(program: Program, state: MemberState, today: Day): MemberView['tier'] {
  let best: { readonly rank: number; readonly tier: NonNullable<MemberView['tier']> } | null = null;
  for (const grant of state.tiers) {
    const tier = program.tiers.find(({ id }) => id === grant.tier);
    if (tier === undefined || grant.from > today || !isLive({ expires: grant.until }, today)) continue;
    if (best !== null && best.rank >= tier.rank) continue;
    best = { rank: tier.rank, tier: { id: tier.id, name: tier.name, until: grant.until } };
  }
  return best?.tier ?? null;
}

function visitsOf(state: MemberState): number {
  let sum = 0;
  for (const bucket of Object.values(state.days)) sum += bucket.visits;
  for (const bucket of Object.values(state.months)) sum += bucket.visits;
  return sum;
}
