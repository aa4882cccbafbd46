import { type Booking, emit } from '../rules/booking.ts';
import type { Target } from '../decision.ts';
import type { Effect, LotPart } from '../effects.ts';
import type { Extent } from './extent.ts';
import { opposite } from '../integers.ts';
import { giveBack } from '../rules/spendLots.ts';
import { type EffectOf, voucherOf } from '../fold/vouchers.ts';
import { undoMark } from './undoMark.ts';

/** Undoes, latest first, everything but earned units: buckets, vouchers, marks, tiers, and what was spent. */
export function undoDirect(booking: Booking, target: Target, direct: readonly Effect[], extent: Extent): void {
  for (const effect of direct) if (effect.kind === 'tally') untally(booking, effect, extent);
  if (!extent.whole) return;
  const held = direct.some((effect) => isHeldByOthers(booking, target, effect));
  for (const effect of direct.toReversed()) {
    // What a date had made due stays booked as long as another redemption has it.
    if (!held || effect.rule === 'fact' || effect.kind === 'consume') undo(booking, target, effect);
  }
  for (const { rule, unit, parts, owed } of spentBy(direct)) giveBack(booking, rule, unit, parts, owed);
}

/** A refund takes money out of the buckets, a void the visit and its items, too. */
function untally(booking: Booking, tally: EffectOf<'tally'>, { whole, share }: Extent): void {
  const items = whole ? Object.fromEntries(Object.entries(tally.items).map(([key, n]) => [key, opposite(n)])) : {};
  emit(booking, { ...tally, visits: whole ? opposite(tally.visits) : 0, spend: opposite(share(tally.spend)), items });
}

function isHeldByOthers(booking: Booking, target: Target, effect: Effect): boolean {
  if (effect.kind !== 'consume' && effect.kind !== 'overdraw') return false;
  const by = voucherOf(booking.draft.state, effect.voucher)?.by ?? [];
  return by.some((event) => event !== target.event);
}

function undo(booking: Booking, target: Target, effect: Effect): void {
  const { draft } = booking;
  const { rule } = effect;
  switch (effect.kind) {
    case 'consume':
    case 'overdraw': {
      const by = voucherOf(draft.state, effect.voucher)?.by ?? [];
      if (!by.includes(target.event)) return;
      emit(booking, { rule, kind: 'reopen', voucher: effect.voucher, by: target.event, held: by.length > 1 });
      return;
    }
    case 'issue': {
      const voucher = voucherOf(draft.state, effect.voucher);
      if (voucher === undefined) return;
      emit(booking, { rule, kind: 'withdraw', voucher: effect.voucher });
      if (voucher.status === 'open') {
        booking.why.push({ kind: 'withdrawn', voucher: effect.voucher, reward: effect.reward });
        return;
      }
      const cost = booking.program.rewards.find(({ id }) => id === effect.reward)?.costToShop ?? 0;
      booking.why.push({ kind: 'overdrawn', reward: effect.reward, voucher: effect.voucher, cost });
      return;
    }
    default:
      return undoMark(booking, effect);
  }
}

interface Spent {
  readonly rule: string;
  readonly unit: string;
  readonly parts: LotPart[];
  owed: number;
}

function spentBy(direct: readonly Effect[]): Spent[] {
  const all: Spent[] = [];
  const of = (rule: string, unit: string) => {
    let spent = all.find((other) => other.rule === rule && other.unit === unit);
    if (spent === undefined) {
      spent = { rule, unit, parts: [], owed: 0 };
      all.push(spent);
    }
    return spent;
  };
  for (const effect of direct) {
    if (effect.kind === 'debit') of(effect.rule, effect.unit).parts.push(...effect.from);
    if (effect.kind === 'debt' && effect.delta > 0) of(effect.rule, effect.unit).owed += effect.delta;
  }
  return all;
}
