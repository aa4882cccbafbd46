import { checkAct } from './checks/checkAct.ts';
import { checkRedemption, pickRedemption } from './checks/checkRedemption.ts';
import { checkReversal } from './checks/checkReversal.ts';
import type { Context, Proposal, Refusal, Request, Situation } from './decision.ts';
import { effectsOf } from './effectsOf.ts';
import type { Asked } from './checks/asked.ts';
import type { Fact } from './facts.ts';
import { usedShares, withShares } from './limits/shareUse.ts';
import type { Program } from './program.ts';
import type { MemberState } from './state.ts';

/**
 * Judges what somebody at the till asks for: policies, balance, then `effectsOf`. What is proposed becomes a fact when it is
 * recorded; what is refused says why, and nothing happened.
 */
export function propose(
  program: Program,
  state: MemberState,
  request: Request,
  context: Context,
  situation: Situation,
): Proposal {
  const asked = { program, state, context, situation };
  const fact = request.kind === 'redeem' ? pickRedemption(asked, request) : request;
  const refusal = check(asked, fact);
  if (refusal !== null) return { ok: false, refusal };
  // The rules take what they need of what this till has left; the fact then names that, so that the server books the same.
  const offered = withShares(fact, sharesToOffer(situation));
  const outcome = effectsOf(program, state, offered, context);
  return { ok: true, fact: withShares(fact, usedShares(outcome.effects)), ...outcome };
}

function sharesToOffer({ shares }: Situation): readonly string[] {
  return Object.values(shares ?? {}).flatMap(({ share, left }) => (left > 0 ? [share] : []));
}

function check(asked: Asked, fact: Fact): Refusal | null {
  switch (fact.kind) {
    case 'redeemed':
      return checkRedemption(asked, fact);
    case 'voided':
    case 'refunded':
      return checkReversal(asked, fact);
    default:
      return checkAct(asked, fact);
  }
}
