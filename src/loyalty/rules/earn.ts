import { amountOf } from './amounts.ts';
import { type Booking, emit } from './booking.ts';
import { bookLapsed } from './due.ts';
import type { WhyReason } from '../effects.ts';
import { isMet } from './evaluate.ts';
import type { Sale } from '../facts.ts';
import { fire } from './fire.ts';
import { isActive } from './isActive.ts';
import { isLimited, markUse } from '../limits/limits.ts';
import type { Program, Rule } from '../program.ts';
import { figuresOf, type SaleFigures } from './saleFigures.ts';
import { stack } from './stacking.ts';

/** A sale: what a lapse made due, the visit itself, then every rule that it meets. */
export function earnFromSale(booking: Booking, sale: Sale): void {
  const figures = figuresOf(sale);
  bookLapsed(booking);
  const { spend, items, part } = figures;
  emit(booking, { rule: 'fact', kind: 'tally', day: booking.context.day, part, visits: 1, spend, items });
  if (figures.paid) fireMet(booking, (rule) => rule.on.kind === 'sale', figures, { kind: 'visit' });
}

/** Joining, or an action that staff confirmed: the rules that wait for it. */
export function earnFromAct(booking: Booking, concerns: (rule: Rule) => boolean, because: WhyReason): void {
  fireMet(booking, concerns, null, because);
}

function fireMet(
  booking: Booking,
  concerns: (rule: Rule) => boolean,
  figures: SaleFigures | null,
  because: WhyReason,
): void {
  const { program, context } = booking;
  const met = program.rules.filter((rule) => concerns(rule) && isRuleMet(booking, rule, figures));
  const worth = (rule: Rule) => worthOf(program, rule, booking, figures);
  const { chosen, left } = stack(met, worth);
  for (const rule of left) booking.why.push({ kind: 'notMet', rule: rule.id, because: 'stacking' });
  for (const rule of chosen) {
    if (isLimited(booking, rule.id, rule.limits)) {
      booking.why.push({ kind: 'notMet', rule: rule.id, because: 'limit' });
      continue;
    }
    markUse(booking, rule.id, rule.id, rule.limits, context.event);
    const voucher = `${rule.id}/${context.event}`;
    fire(booking, rule, { voucher, lot: `${context.event}/${rule.id}`, figures, because, until: null });
  }
}

/** Conditions look at the member as they came in, before this fact. */
function isRuleMet(booking: Booking, rule: Rule, figures: SaleFigures | null): boolean {
  const { day } = booking.context;
  const scope = { state: booking.before, day, figures };
  const because = !isActive(rule.active, day, figures?.sale.hour ?? null)
    ? 'notActive'
    : !isMet(rule.who, scope)
      ? 'who'
      : !isMet(rule.when, scope)
        ? 'when'
        : null;
  if (because !== null) booking.why.push({ kind: 'notMet', rule: rule.id, because });
  return because === null;
}

/** What a rule would give, to tell the best: units credited, and what its rewards cost the shop. */
function worthOf(program: Program, rule: Rule, booking: Booking, figures: SaleFigures | null): number {
  let worth = 0;
  for (const action of rule.do) {
    if (action.kind === 'credit') worth += amountOf(action.amount, rule, booking.draft.state, figures).units;
    if (action.kind === 'issue') worth += program.rewards.find(({ id }) => id === action.reward)?.costToShop ?? 0;
  }
  return worth;
}
