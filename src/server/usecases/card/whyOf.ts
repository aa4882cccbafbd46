import type { Effect, Why, WhyReason } from '../../../loyalty/effects.ts';
import type { Fact } from '../../../loyalty/facts.ts';
import type { Program } from '../../../loyalty/program.ts';

/**
 * Why an event changed a member, read from what was booked: the booking is what counts, whatever the program or the engine
 * would say today.
 */
export function whyOf(fact: Fact, booked: readonly Effect[], program: Program | null): readonly Why[] {
  const issuedBy = new Map(booked.flatMap((effect) => (effect.kind === 'issue' ? [[effect.rule, effect.reward]] : [])));
  return booked.flatMap((effect): readonly Why[] => {
    switch (effect.kind) {
      case 'credit': {
        const because = reasonOf(effect.rule, fact, booked, program);
        return [{ kind: 'earned', rule: effect.rule, unit: effect.unit, amount: effect.amount, because }];
      }
      case 'carry':
        return effect.delta > 0 && effect.spend > 0
          ? [{ kind: 'carried', rule: effect.rule, remainder: effect.delta, per: effect.per }]
          : [];
      case 'debit': {
        const amount = effect.from.reduce((sum, part) => sum + part.amount, 0);
        const reward = issuedBy.get(effect.rule) ?? (fact.kind === 'redeemed' ? fact.reward : null);
        return reward === null ? [] : [{ kind: 'spent', unit: effect.unit, amount, reward }];
      }
      case 'issue':
        return [{ kind: 'issued', rule: effect.rule, reward: effect.reward, voucher: effect.voucher }];
      case 'debt':
        return effect.delta > 0 ? [{ kind: 'owed', unit: effect.unit, amount: effect.delta }] : [];
      case 'reversed':
        return [{ kind: 'reversed', target: effect.target, amount: effect.whole ? null : effect.amount }];
      default:
        return [];
    }
  });
}

function reasonOf(rule: string, fact: Fact, booked: readonly Effect[], program: Program | null): WhyReason {
  if (fact.kind === 'goodwill') return { kind: 'goodwill', reason: fact.reason };
  if (fact.kind === 'adjusted') return { kind: 'adjusted', reason: fact.reason };
  const carry = booked.find((effect) => effect.kind === 'carry' && effect.rule === rule);
  if (carry?.kind === 'carry') {
    return { kind: 'spend', spend: carry.spend, carriedIn: Math.max(0, -carry.delta) };
  }
  const definition = program?.rules.find((each) => each.id === rule);
  switch (definition?.on.kind) {
    case 'join':
      return { kind: 'joined' };
    case 'action':
      return { kind: 'action', action: definition.on.action };
    case 'milestone':
      return { kind: 'milestone', at: definition.on.at };
    case 'date':
    case 'period':
    case 'lapse':
    case 'tierReached':
      return { kind: 'date', of: rule };
    case 'sale':
    case undefined:
      return itemsOf(
        fact,
        definition?.do.some((action) => action.kind === 'credit' && action.amount.kind === 'perItem'),
      );
  }
}

function itemsOf(fact: Fact, perItem: boolean | undefined): WhyReason {
  if (perItem !== true || fact.kind !== 'sale') return { kind: 'visit' };
  const quantity = fact.lines.reduce((sum, line) => (line.given ? sum : sum + line.quantity), 0);
  return { kind: 'items', quantity, category: null };
}
