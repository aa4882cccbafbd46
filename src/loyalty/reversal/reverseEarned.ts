import { timesAfterReversal } from '../rules/amounts.ts';
import { type Booking, emit } from '../rules/booking.ts';
import type { Target } from '../decision.ts';
import type { Effect } from '../effects.ts';
import { countOf } from '../records.ts';
import type { Extent } from './extent.ts';
import { opposite } from '../integers.ts';
import { take } from '../rules/spendLots.ts';
import { coverOf, type FiringGroup, undoOwnFiring } from './unfire.ts';
import type { EffectOf } from '../fold/vouchers.ts';

/** What one rule of the target earned in one unit. */
interface Earning {
  readonly rule: string;
  readonly unit: string;
  amount: number;
  readonly lots: Set<string>;
  carry: EffectOf<'carry'> | null;
}

/**
 * Takes earned units back: from the target's own lots, then from others; before anything is owed, the target's own unused
 * firings are undone. Money counts again from the remainder as it is now, so that parts add up to the whole.
 */
export function takeBackEarned(
  booking: Booking,
  target: Target,
  direct: readonly Effect[],
  groups: readonly FiringGroup[],
  extent: Extent,
): void {
  const earnings = earningsOf(direct);
  const backs = earnings.map((earning) => backOf(booking, earning, extent));
  for (const unit of new Set(earnings.map((earning) => earning.unit))) {
    const own = new Set<string>();
    let need = 0;
    earnings.forEach((earning, index) => {
      if (earning.unit !== unit) return;
      need += backs[index] ?? 0;
      for (const lot of earning.lots) own.add(lot);
    });
    for (const group of groups.toReversed()) {
      if (coverOf(booking, unit, own) >= need) break;
      const tookThis = group.effects.some((effect) => effect.kind === 'debit' && effect.unit === unit);
      if (tookThis && !undoOwnFiring(booking, target.program, groups, group.rule)) break;
    }
  }
  earnings.forEach(({ rule, unit, lots }, index) => take(booking, { rule, unit, amount: backs[index] ?? 0 }, lots));
}

function earningsOf(direct: readonly Effect[]): Earning[] {
  const all: Earning[] = [];
  const of = (rule: string, unit: string) => {
    let earning = all.find((other) => other.rule === rule && other.unit === unit);
    if (earning === undefined) {
      earning = { rule, unit, amount: 0, lots: new Set(), carry: null };
      all.push(earning);
    }
    return earning;
  };
  for (const effect of direct) {
    if (effect.kind === 'credit') {
      const earning = of(effect.rule, effect.unit);
      earning.amount += effect.amount;
      earning.lots.add(effect.lot);
    } else if (effect.kind === 'debt' && effect.delta < 0) of(effect.rule, effect.unit).amount -= effect.delta;
    else if (effect.kind === 'carry') of(effect.rule, effect.unit).carry = effect;
  }
  return all;
}

/** Units to take back for one rule; moves its remainder. */
function backOf(booking: Booking, { rule, unit, amount, carry }: Earning, { share }: Extent): number {
  if (carry === null) return share(amount);
  const { give, per } = carry;
  const spend = share(carry.spend);
  const times = timesAfterReversal(countOf(booking.draft.state.carry, rule), spend, per);
  const delta = opposite(spend) - times * per;
  if (spend !== 0) {
    emit(booking, { rule, kind: 'carry', unit, spend: opposite(spend), units: times * give, delta, give, per });
  }
  return share(amount - carry.units) - times * give;
}
