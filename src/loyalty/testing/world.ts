import { apply } from '../apply.ts';
import type { Context, Outcome, ProfileDates, Situation, Target } from '../decision.ts';
import { effectsOf } from '../effectsOf.ts';
import { emptyState } from '../emptyState.ts';
import type { Fact, Sale, SaleLine } from '../facts.ts';
import type { Program } from '../program.ts';
import type { MemberState } from '../state.ts';

export const noDates: ProfileDates = { birthday: null, nameDay: null, leapDay: '02-28' };

export function contextOf(event: string, day: string, more: Partial<Context> = {}): Context {
  return { event, day, profile: noDates, target: null, other: null, ...more };
}

/** A sale of an amount, with lines where given. */
export function saleOf(total: number | null, lines: readonly SaleLine[] = [], hour = 9): Sale {
  return { kind: 'sale', total, lines, hour, external: null };
}

export function line(category: string, quantity = 1, more: Partial<SaleLine> = {}): SaleLine {
  return { product: null, category, quantity, amount: null, given: false, ...more };
}

/** A calm moment: online, a manager away, a rotating code. */
export function situation(more: Partial<Situation> = {}): Situation {
  return {
    at: 1_000_000_000,
    online: true,
    lastSyncAt: 999_999_000,
    staffRole: 'staff',
    approvedBy: null,
    credential: 'rotating',
    credentialId: null,
    goOn: null,
    given: [],
    latestAt: more.at ?? 1_000_000_000,
    serverAt: more.at ?? 1_000_000_000,
    clockBehind: false,
    reservation: null,
    lastEarnAt: null,
    secondPurchase: false,
    targetAt: 999_999_000,
    ownTarget: true,
    goodwillToday: 0,
    ...more,
  };
}

export interface Step {
  readonly event: string;
  readonly fact: Fact;
  readonly day: string;
}

/** The server in small: books facts in order, and finds the targets of reversals among what was booked. */
export class Ledger {
  state: MemberState = emptyState();
  readonly booked: Target[] = [];
  readonly program: Program;
  readonly profile: ProfileDates;

  constructor(program: Program, profile: ProfileDates = noDates) {
    this.program = program;
    this.profile = profile;
  }

  /** Books one fact and returns what came of it. */
  book(event: string, fact: Fact, day = '2026-03-02', other: MemberState | null = null): Outcome {
    const context = contextOf(event, day, { profile: this.profile, target: this.targetOf(fact), other });
    const outcome = effectsOf(this.program, this.state, fact, context);
    this.state = apply(this.state, outcome.effects);
    this.booked.push({ event, fact, day, program: this.program, effects: outcome.effects });
    return outcome;
  }

  targetOf(fact: Fact): Target | null {
    if (fact.kind === 'unmerged') {
      return this.booked.findLast((one) => one.fact.kind === 'merged' && one.fact.other === fact.other) ?? null;
    }
    if (fact.kind !== 'voided' && fact.kind !== 'refunded') return null;
    return this.booked.find((one) => one.event === fact.target) ?? null;
  }
}

export const voided = (target: string): Fact => ({ kind: 'voided', target, reason: null });
export const refunded = (target: string, amount: number): Fact => ({ kind: 'refunded', target, amount });
export const redeemed = (reward: string, voucher: string | null = null, due: string | null = null): Fact => ({
  kind: 'redeemed',
  reward,
  voucher,
  due,
  approvedBy: null,
});
