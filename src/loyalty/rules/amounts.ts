import type { WhyReason } from '../effects.ts';
import { atLeastZero } from '../integers.ts';
import type { Amount, Rule } from '../program.ts';
import { countOf } from '../records.ts';
import { quantityOf, type SaleFigures, spendIn } from './saleFigures.ts';
import type { MemberState } from '../state.ts';

/** What one credit action comes to, with the remainder's movement where it counts money. */
export interface Earned {
  readonly units: number;
  readonly because: WhyReason | null;
  readonly carry: {
    readonly spend: number;
    readonly delta: number;
    readonly give: number;
    readonly per: number;
  } | null;
}

/** Works out an amount. Money is floored once, with what is carried from before; items are multiplied. */
export function amountOf(amount: Amount, rule: Rule, state: MemberState, figures: SaleFigures | null): Earned {
  switch (amount.kind) {
    case 'fixed':
      return { units: atLeastZero(amount.n), because: null, carry: null };
    case 'perSpend':
      return perSpend(amount, rule, state, figures);
    case 'perItem': {
      const { category, product } = amount;
      const quantity = figures === null ? 0 : quantityOf(figures, category, product);
      const because: WhyReason = { kind: 'items', quantity, category };
      return { units: atLeastZero(quantity * atLeastZero(amount.give)), because, carry: null };
    }
    default:
      return { units: 0, because: null, carry: null };
  }
}

function perSpend(
  amount: Extract<Amount, { kind: 'perSpend' }>,
  rule: Rule,
  state: MemberState,
  figures: SaleFigures | null,
): Earned {
  const per = atLeastZero(amount.per);
  const give = atLeastZero(amount.give);
  if (figures === null || per === 0 || give === 0) return { units: 0, because: null, carry: null };
  const spend = amount.category === null ? figures.spend : spendIn(figures.sale, amount.category);
  const carriedIn = countOf(state.carry, rule.id);
  const times = Math.max(0, Math.floor((carriedIn + spend) / per));
  return {
    units: times * give,
    because: { kind: 'spend', spend, carriedIn },
    carry: { spend, delta: spend - times * per, give, per },
  };
}

/** How many times `per` is full after `spend` was taken back (zero or less), with the remainder as it is now. */
export function timesAfterReversal(carriedIn: number, spend: number, per: number): number {
  return Math.min(0, Math.floor((carriedIn - spend) / per));
}
