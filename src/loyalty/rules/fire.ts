import type { Day } from '../basics.ts';
import { amountOf } from './amounts.ts';
import { type Booking, emit } from './booking.ts';
import type { WhyReason } from '../effects.ts';
import { atLeastZero } from '../integers.ts';
import { isActive } from './isActive.ts';
import { isLive } from '../fold/lots.ts';
import { lastDay } from './periods.ts';
import type { Action, Expiry, Rule } from '../program.ts';
import { entry } from '../records.ts';
import type { SaleFigures } from './saleFigures.ts';
import { give, take } from './spendLots.ts';

/** One firing of a rule: how what it gives is named, and why it gives. */
export interface Firing {
  readonly voucher: string;
  readonly lot: string;
  readonly figures: SaleFigures | null;
  readonly because: WhyReason;
  /** The last day of what is given where the action does not say; `null`: it never ends. */
  readonly until: Day | null;
}

/** All that a rule does in one firing, together. */
export function fire(booking: Booking, rule: Rule, firing: Firing): void {
  rule.do.forEach((action, index) => {
    const nth = rule.do.findIndex((other) => other.kind === action.kind) === index ? '' : `/${index}`;
    act(booking, rule, action, { ...firing, voucher: firing.voucher + nth, lot: firing.lot + nth }, index);
  });
}

function act(booking: Booking, rule: Rule, action: Action, firing: Firing, index: number): void {
  const { day } = booking.context;
  switch (action.kind) {
    case 'credit':
      return credit(booking, rule, action, firing, index);
    case 'spend':
      take(booking, { rule: rule.id, unit: action.unit, amount: atLeastZero(action.amount) }, null);
      return;
    case 'issue': {
      const { reward } = action;
      const expires = action.expiry === null ? firing.until : lastDay(day, action.expiry);
      emit(booking, { rule: rule.id, kind: 'issue', voucher: firing.voucher, reward, on: day, expires });
      booking.why.push({ kind: 'issued', rule: rule.id, reward, voucher: firing.voucher });
      return;
    }
    case 'grantTier':
      return grantTier(booking, rule, action, firing);
    case 'badge':
      if (entry(booking.draft.state.badges, action.badge) !== undefined) return;
      emit(booking, { rule: rule.id, kind: 'badge', badge: action.badge, on: day });
      return;
    default:
      return;
  }
}

function credit(
  booking: Booking,
  rule: Rule,
  action: Extract<Action, { kind: 'credit' }>,
  firing: Firing,
  index: number,
): void {
  // The remainder is kept per rule, so only the first amount of a rule that counts money has one.
  if (action.amount.kind === 'perSpend' && firstPerSpend(rule) !== index) return;
  const { unit } = action;
  const { units, because, carry } = amountOf(action.amount, rule, booking.draft.state, firing.figures);
  give(booking, { rule: rule.id, unit, amount: units }, firing.lot);
  if (units > 0) {
    const reason = because ?? firing.because;
    booking.why.push({ kind: 'earned', rule: rule.id, unit, amount: units, because: reason });
  } else if (because?.kind === 'items') booking.why.push({ kind: 'notMet', rule: rule.id, because: 'when' });
  if (carry === null || (carry.spend === 0 && carry.delta === 0)) return;
  emit(booking, { rule: rule.id, kind: 'carry', unit, units, ...carry });
  const remainder = entry(booking.draft.state.carry, rule.id) ?? 0;
  booking.why.push({ kind: 'carried', rule: rule.id, remainder, per: carry.per });
}

/** Index of the action of a rule whose remainder is carried; -1 where there is none. */
function firstPerSpend(rule: Rule): number {
  return rule.do.findIndex((action) => action.kind === 'credit' && action.amount.kind === 'perSpend');
}

function grantTier(booking: Booking, rule: Rule, action: Extract<Action, { kind: 'grantTier' }>, firing: Firing): void {
  const { draft, context, program } = booking;
  const { day } = context;
  const { tier, lasts, grace } = action;
  const already = draft.state.tiers.some((grant) => grant.tier === tier && isLive({ expires: grant.until }, day));
  const until = lasts === null ? null : after(after(day, lasts), grace);
  emit(booking, { rule: rule.id, kind: 'grantTier', tier, grant: firing.voucher, from: day, until });
  if (already) return;
  for (const other of program.rules) {
    if (other.on.kind !== 'tierReached' || other.on.tier !== tier || !isActive(other.active, day, null)) continue;
    const name = `${other.id}/${firing.voucher}`;
    fire(booking, other, {
      voucher: name,
      lot: name,
      figures: null,
      because: { kind: 'date', of: 'tier' },
      until: null,
    });
  }
}

function after(day: Day, span: Expiry | null): Day {
  return lastDay(day, span) ?? day;
}
