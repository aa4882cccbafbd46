import { apply } from '../../loyalty/apply.ts';
import type { Effect } from '../../loyalty/effects.ts';
import { emptyState } from '../../loyalty/emptyState.ts';
import type { Program } from '../../loyalty/program.ts';
import { view } from '../../loyalty/view.ts';
import type { MemberView } from '../../loyalty/views.ts';

const DAY = '2025-01-15';
const NO_DATES = { birthday: null, nameDay: null, leapDay: '02-28' } as const;

/**
 * What the engine itself shows of a made-up member whose cards are all but one stamp full and who has the points for the
 * cheapest reward.
 */
export function sampleView(program: Program): MemberView {
  const effects = program.units.map((unit): Effect => {
    const costs = program.rewards.flatMap((one) => (one.cost?.unit === unit.id ? [one.cost.amount] : []));
    const amount = unit.card ? unit.card.takes - 1 : costs.length > 0 ? Math.min(...costs) + 12 : 42;
    const lot = `sample/${unit.id}`;
    return { rule: 'sample', kind: 'credit', unit: unit.id, amount, lot, earned: DAY, expires: null };
  });
  return view(program, apply(emptyState(), effects), NO_DATES, DAY);
}
