import type { Text, UnitId } from '../../../loyalty/basics.ts';
import type { Effect } from '../../../loyalty/effects.ts';
import type { BalanceView, MemberView } from '../../../loyalty/views.ts';

/** How a balance moved between two views of one member. */
export type Change =
  | {
      readonly kind: 'stamps';
      readonly unit: UnitId;
      readonly name: Text;
      readonly from: number;
      readonly to: number;
      /** How many stamps landed; what the card draws as newest. */
      readonly gained: number;
      /** The card became full by it. */
      readonly full: boolean;
    }
  | { readonly kind: 'points' | 'credit'; readonly unit: UnitId; readonly name: Text; readonly delta: number };

/** What changed, stamps first. `before` is null for a card that was not known here: everything is new then. */
export function changesBetween(before: MemberView | null, after: MemberView): readonly Change[] {
  return after.balances
    .map((now) => changeOf(before?.balances.find((was) => was.unit === now.unit) ?? null, now))
    .filter((change) => change !== null)
    .sort((a, b) => Number(b.kind === 'stamps') - Number(a.kind === 'stamps'));
}

function changeOf(was: BalanceView | null, now: BalanceView): Change | null {
  const { unit, name, card } = now;
  if (!card) {
    const delta = now.amount - (was?.amount ?? 0);
    return delta === 0 || now.kind === 'stamps' ? null : { kind: now.kind, unit, name, delta };
  }
  const from = was?.card?.filled ?? 0;
  const gifts = card.openGifts - (was?.card?.openGifts ?? 0);
  // A card that filled up starts again at zero: its stamps have turned into the gift.
  const gained = card.filled - from + gifts * card.takes;
  if (gained === 0) return null;
  return { kind: 'stamps', unit, name, from, to: gifts > 0 ? card.takes : card.filled, gained, full: gifts > 0 };
}

/** Units that a request would credit, in the order of the effects: the main button's label. */
export function creditsOf(effects: readonly Effect[]): ReadonlyMap<UnitId, number> {
  const credits = new Map<UnitId, number>();
  for (const effect of effects) {
    if (effect.kind === 'credit') credits.set(effect.unit, (credits.get(effect.unit) ?? 0) + effect.amount);
    // What is owed is filled first, so it counts as earned, too.
    if (effect.kind === 'debt' && effect.delta < 0)
      credits.set(effect.unit, (credits.get(effect.unit) ?? 0) - effect.delta);
  }
  return credits;
}
