import { isBlank } from './checkAct.ts';
import { daysBetween } from '../days.ts';
import type { Refusal } from '../decision.ts';
import type { Fact } from '../facts.ts';
import { hasManager } from '../policies/hasManager.ts';
import type { Asked } from './asked.ts';
import { entry } from '../records.ts';
import { isReversible } from '../reversal/reverse.ts';
import { saleTotal } from '../rules/saleFigures.ts';
import { keptDays } from '../fold/tally.ts';

/** Voids and refunds: the target is known and not yet reversed; the own void is free for some minutes, then a manager says so. */
export function checkReversal(
  asked: Asked,
  fact: Extract<Fact, { readonly kind: 'voided' | 'refunded' }>,
): Refusal | null {
  const { state, context, situation } = asked;
  const { target } = context;
  // The state keeps for 400 days what was reversed; beyond, only the server knows.
  const forgotten = target !== null && !situation.online && daysBetween(target.day, context.day) > keptDays;
  if (target === null || forgotten) return { kind: 'targetUnknown', target: fact.target };
  if (!isReversible(target.fact, fact.kind === 'voided')) return { kind: 'notReversible', target: fact.target };
  const done = entry(state.reversed, fact.target);
  if (done?.whole === true) return { kind: 'alreadyReversed', target: fact.target };
  if (fact.kind === 'refunded') {
    if (!Number.isSafeInteger(fact.amount) || fact.amount <= 0) return { kind: 'badAmount' };
    const left = (target.fact.kind === 'sale' ? saleTotal(target.fact) : 0) - (done?.amount ?? 0);
    if (fact.amount > left) return { kind: 'refundTooHigh', left };
  }
  return checkWho(asked, fact);
}

function checkWho(
  { program, situation }: Asked,
  fact: Extract<Fact, { readonly kind: 'voided' | 'refunded' }>,
): Refusal | null {
  const { targetAt, at, ownTarget } = situation;
  const late = targetAt === null || at - targetAt > program.policies.voidFreeMinutes * 60_000;
  if (ownTarget && !late) return null;
  if (!hasManager(situation)) return { kind: 'managerNeeded', because: ownTarget ? 'lateVoid' : 'foreignVoid' };
  return fact.kind === 'voided' && late && isBlank(fact.reason) ? { kind: 'reasonNeeded' } : null;
}
