import type { MemberState } from './state.ts';

/** A member of whom nothing is known yet. */
export function emptyState(): MemberState {
  return {
    v: 1,
    enrolledOn: null,
    lots: [],
    debts: {},
    vouchers: [],
    tiers: [],
    badges: {},
    carry: {},
    fired: {},
    firedFor: {},
    days: {},
    months: {},
    firstVisit: null,
    lastVisit: null,
    reversed: {},
    waiting: [],
    credentials: {},
    aliases: [],
    unknown: 0,
  };
}
