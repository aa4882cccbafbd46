import { type Draft, draftOf, mine } from './fold/draft.ts';
import type { Effect } from './effects.ts';
import { hold, release } from './fold/holds.ts';
import { drain, fill, owe } from './fold/lots.ts';
import { addTo, entry, put } from './records.ts';
import type { MemberState } from './state.ts';
import { forgive, strike } from './fold/strikes.ts';
import { tallyVisit } from './fold/tally.ts';
import { consumeVoucher, issueVoucher, overdrawVoucher, reopenVoucher, withdrawVoucher } from './fold/vouchers.ts';

/**
 * Folds booked effects into a member's state; the given state stays as it is. Total: an effect of a kind that this
 * version does not know is counted in `unknown` and changes nothing else.
 */
export function apply(state: MemberState, effects: readonly Effect[]): MemberState {
  const draft = draftOf(state);
  for (const effect of effects) applyTo(draft, effect);
  return draft.state;
}

/** One effect onto a state that is being changed. */
export function applyTo(draft: Draft, effect: Effect): void {
  const { state } = draft;
  switch (effect.kind) {
    case 'credit':
      return fill(draft, effect.unit, effect);
    case 'debit':
      return drain(draft, effect.unit, effect.from);
    case 'restore':
      for (const part of effect.to) fill(draft, effect.unit, part);
      return;
    case 'debt':
      return owe(draft, effect.unit, effect.delta);
    case 'issue':
      return issueVoucher(draft, effect);
    case 'withdraw':
      return withdrawVoucher(draft, effect);
    case 'consume':
      return consumeVoucher(draft, effect);
    case 'overdraw':
      return overdrawVoucher(draft, effect);
    case 'reopen':
      return reopenVoucher(draft, effect);
    case 'grantTier':
      if (state.tiers.some((grant) => grant.id === effect.grant)) return;
      mine(draft, 'tiers').push({ id: effect.grant, tier: effect.tier, from: effect.from, until: effect.until });
      return;
    case 'endTier':
      state.tiers = state.tiers.filter((grant) => grant.id !== effect.grant);
      return;
    case 'badge':
      put(mine(draft, 'badges'), effect.badge, entry(state.badges, effect.badge) ?? effect.on);
      return;
    case 'unbadge':
      delete mine(draft, 'badges')[effect.badge];
      return;
    case 'carry':
      return addTo(mine(draft, 'carry'), effect.rule, effect.delta);
    case 'fired':
      return addTo(mine(draft, 'fired'), effect.key, effect.delta);
    case 'firedFor':
      if (effect.undo) delete mine(draft, 'firedFor')[effect.period];
      else put(mine(draft, 'firedFor'), effect.period, effect.on);
      return;
    case 'tally':
      return tallyVisit(draft, effect);
    case 'reversed':
      put(mine(draft, 'reversed'), effect.target, { amount: effect.amount, whole: effect.whole, on: effect.on });
      if (state.waiting.length > 0) state.waiting = state.waiting.filter((waiting) => waiting.target !== effect.target);
      return;
    case 'awaitTarget':
      mine(draft, 'waiting').push({ target: effect.target, by: effect.by, amount: effect.amount });
      return;
    case 'hold':
      return hold(draft, effect);
    case 'release':
      return release(draft, effect.reservation);
    case 'strike':
      return strike(draft, effect);
    case 'forgive':
      return forgive(draft, effect.event);
    case 'enrolled':
      state.enrolledOn = effect.on;
      return;
    case 'credential': {
      const revoked = effect.revoked || (entry(state.credentials, effect.credential)?.revoked ?? false);
      put(mine(draft, 'credentials'), effect.credential, { kind: effect.credentialKind, revoked });
      return;
    }
    case 'forgetCredential':
      delete mine(draft, 'credentials')[effect.credential];
      return;
    case 'alias':
      if (!effect.on) state.aliases = state.aliases.filter((other) => other !== effect.other);
      else if (!state.aliases.includes(effect.other)) mine(draft, 'aliases').push(effect.other);
      return;
    case 'share':
      // Counted in its pool, beside the members.
      return;
    default:
      state.unknown += 1;
  }
}
