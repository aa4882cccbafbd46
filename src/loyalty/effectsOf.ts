import { type Booking, emit, openBooking } from './rules/booking.ts';
import type { Context, Outcome } from './decision.ts';
import { earnFromAct, earnFromSale } from './rules/earn.ts';
import type { Fact } from './facts.ts';
import { atLeastZero, whole } from './integers.ts';
import { merge, unmerge } from './merge.ts';
import { settleUp } from './rules/milestones.ts';
import type { Program } from './program.ts';
import { redeem } from './rules/redeem.ts';
import { reserve } from './rules/reserve.ts';
import { reverse } from './reversal/reverse.ts';
import { shareOf } from './limits/shares.ts';
import { sharesIn } from './limits/shareUse.ts';
import { give, take } from './rules/spendLots.ts';
import type { MemberState } from './state.ts';
import { entry } from './records.ts';

/**
 * What a fact does to a member, and why: the one place where rules work. Pure and total: the same input gives the same
 * output everywhere, and a fact of an unknown kind does nothing. A void or refund that was waiting for this event is worked
 * out together with it.
 */
export function effectsOf(program: Program, state: MemberState, fact: Fact, context: Context): Outcome {
  const booking = openBooking(program, state, context, sharesIn(fact));
  book(booking, fact);
  const waiting = state.waiting.filter(({ target }) => target === context.event);
  if (waiting.length > 0) {
    const target = { event: context.event, fact, day: context.day, program, effects: booking.effects.slice() };
    for (const { amount } of waiting) reverse(booking, target, amount);
  }
  return { effects: booking.effects, why: booking.why };
}

function book(booking: Booking, fact: Fact): void {
  const { context, draft } = booking;
  switch (fact.kind) {
    case 'sale':
      earnFromSale(booking, fact);
      return settleUp(booking);
    case 'redeemed':
      return redeem(booking, fact);
    case 'enrolled':
      if (draft.state.enrolledOn !== null) return;
      emit(booking, { rule: 'fact', kind: 'enrolled', on: context.day });
      earnFromAct(booking, (rule) => rule.on.kind === 'join', { kind: 'joined' });
      return settleUp(booking);
    case 'actionConfirmed': {
      const { action } = fact;
      const concerns = (on: Program['rules'][number]['on']) => on.kind === 'action' && on.action === action;
      earnFromAct(booking, (rule) => concerns(rule.on), { kind: 'action', action });
      return settleUp(booking);
    }
    case 'goodwill':
      adjust(booking, fact, { kind: 'goodwill', reason: fact.reason });
      return settleUp(booking);
    case 'adjusted':
      adjust(booking, fact, { kind: 'adjusted', reason: fact.reason });
      return settleUp(booking);
    case 'goodwillReward': {
      const voucher = `fact/${context.event}`;
      emit(booking, { rule: 'fact', kind: 'issue', voucher, reward: fact.reward, on: context.day, expires: null });
      booking.why.push({ kind: 'issued', rule: 'fact', reward: fact.reward, voucher });
      return;
    }
    case 'voided':
      return reverseOrWait(booking, fact.target, null);
    case 'refunded':
      return reverseOrWait(booking, fact.target, fact.amount);
    case 'credentialIssued':
    case 'credentialRevoked': {
      const { credential } = fact;
      const revoked = fact.kind === 'credentialRevoked';
      const known = entry(draft.state.credentials, credential)?.kind ?? 'static';
      const credentialKind = fact.kind === 'credentialIssued' ? fact.credentialKind : known;
      emit(booking, { rule: 'fact', kind: 'credential', credential, credentialKind, revoked });
      return;
    }
    case 'reserved':
      return reserve(booking, fact);
    case 'forgiven':
      emit(booking, { rule: 'fact', kind: 'forgive', event: fact.target });
      return;
    case 'erased':
      for (const [credential, { kind, revoked }] of Object.entries(draft.state.credentials)) {
        if (!revoked)
          emit(booking, { rule: 'fact', kind: 'credential', credential, credentialKind: kind, revoked: true });
      }
      return;
    case 'merged':
      return merge(booking, fact.other);
    case 'unmerged':
      return unmerge(booking, fact.other);
    case 'shareGranted':
      for (const { device, n } of fact.to) moveShare(booking, 'granted', shareOf(fact.pool, device), n);
      return;
    case 'shareReleased':
      return moveShare(booking, 'released', fact.share, fact.n);
    default:
      return;
  }
}

function moveShare(booking: Booking, move: 'granted' | 'released', share: string, amount: number): void {
  const n = atLeastZero(amount);
  if (n > 0) emit(booking, { rule: 'fact', kind: 'share', share, move, n });
}

function adjust(
  booking: Booking,
  { unit, amount }: { readonly unit: string; readonly amount: number },
  because: { readonly kind: 'goodwill' | 'adjusted'; readonly reason: string },
): void {
  const units = whole(amount);
  if (units > 0) give(booking, { rule: 'fact', unit, amount: units }, `${booking.context.event}/fact`);
  else take(booking, { rule: 'fact', unit, amount: -units }, null);
  if (units !== 0) booking.why.push({ kind: 'earned', rule: 'fact', unit, amount: units, because });
}

function reverseOrWait(booking: Booking, target: string, amount: number | null): void {
  const { context } = booking;
  if (context.target !== null) return reverse(booking, context.target, amount);
  const part = amount === null ? null : atLeastZero(amount);
  emit(booking, { rule: 'fact', kind: 'awaitTarget', target, by: context.event, amount: part });
  booking.why.push({ kind: 'waiting', target });
}
