import * as fc from 'fast-check';
import type { Fact, Sale } from '../facts.ts';
import { both, points, stampCard } from '../presets.ts';
import type { Action, Counter, Limit, Program, Rule, Trigger } from '../program.ts';
import { addDays } from '../days.ts';
import type { Step } from './world.ts';

/** Random programs (a preset with some more rules of every kind) and random histories of one member. */

const plain = { en: 'x' };
const rule = (id: string, on: Trigger, actions: readonly Action[], more: Partial<Rule> = {}): Rule => ({
  id,
  name: plain,
  on,
  who: null,
  when: null,
  do: actions,
  limits: [],
  stacking: null,
  active: null,
  ...more,
});
const credit = (unit: string, n: number): Action => ({ kind: 'credit', unit, amount: { kind: 'fixed', n } });
const milestone = (counter: Counter, at: number, every: boolean): Trigger => ({
  kind: 'milestone',
  counter,
  at,
  every,
});
const allTime = { kind: 'allTime' } as const;
const perDay: Limit = { n: 1, per: 'member', window: { kind: 'calendar', of: 'day' } };
const gift: Action = { kind: 'issue', reward: 'gift', expiry: { n: 20, unit: 'day' } };

/** Rules that can be added to any preset; each shows another part of the mechanism. */
const extras: readonly Rule[] = [
  rule('welcome', { kind: 'join' }, [credit('points', 7), gift]),
  rule('tag', { kind: 'action', action: 'tag' }, [credit('points', 3)], { limits: [{ ...perDay, window: allTime }] }),
  rule('monday', { kind: 'sale' }, [credit('points', 5)], {
    active: { from: null, to: null, weekdays: [1], hours: null },
  }),
  rule('daily', { kind: 'sale' }, [credit('points', 2)], { limits: [perDay] }),
  rule('big', { kind: 'sale' }, [credit('points', 9)], {
    when: { op: 'ge', left: { op: 'field', field: { kind: 'saleTotal' } }, right: { op: 'const', value: 500 } },
    stacking: { group: 'g', mode: 'best', order: 1 },
  }),
  rule('small', { kind: 'sale' }, [credit('points', 4)], { stacking: { group: 'g', mode: 'best', order: 0 } }),
  rule('visits3', milestone({ kind: 'visits', window: allTime }, 3, true), [gift]),
  rule('month2', milestone({ kind: 'visits', window: { kind: 'calendar', of: 'month' } }, 2, false), [
    gift,
    credit('points', 11),
  ]),
  rule('spend', milestone({ kind: 'spend', window: allTime }, 700, true), [credit('points', 6)]),
  rule('rolling', milestone({ kind: 'quantity', category: 'coffee', window: { kind: 'rolling', days: 5 } }, 4, true), [
    gift,
  ]),
  rule('streak', milestone({ kind: 'streak', of: 'week' }, 2, true), [{ kind: 'badge', badge: 'regular' }, gift]),
  rule('gold', milestone({ kind: 'spend', window: allTime }, 500, false), [
    { kind: 'grantTier', tier: 'gold', lasts: { n: 3, unit: 'month' }, grace: null },
  ]),
  rule('golden', { kind: 'tierReached', tier: 'gold' }, [credit('points', 13)]),
  rule('back', { kind: 'lapse', days: 10 }, [gift]),
  rule('birthday', { kind: 'date', of: 'birthday', daysBefore: 7, daysAfter: 7 }, [gift]),
  rule('weekly', { kind: 'period', every: 'week' }, [gift], { limits: [perDay] }),
];

const presets: fc.Arbitrary<Program> = fc
  .record({
    takes: fc.integer({ min: 1, max: 6 }),
    category: fc.constantFrom(null, 'coffee'),
    give: fc.integer({ min: 1, max: 3 }),
    per: fc.integer({ min: 1, max: 400 }),
    expiry: fc.constantFrom(null, { n: 300, unit: 'day' as const }),
    shape: fc.constantFrom('card', 'points', 'both'),
  })
  .map(({ takes, category, give, per, expiry, shape }) => {
    if (shape === 'card') return stampCard({ scale: 0, takes, category });
    const earning = { scale: 0, give, per, expiry };
    return shape === 'points' ? points(earning) : both({ ...earning, takes, category });
  });

/** A preset with some of the extra rules; the rewards limited to one a day where `extras` say so. */
export const programs: fc.Arbitrary<Program> = fc
  .record({ preset: presets, more: fc.subarray([...extras], { maxLength: 5 }), limited: fc.boolean() })
  .map(({ preset, more, limited }) => ({
    ...preset,
    tiers: [{ id: 'gold', name: plain, rank: 1 }],
    rewards: preset.rewards.map((reward) => ({ ...reward, limits: limited ? [perDay] : [] })),
    rules: [...preset.rules, ...more],
  }));

const lines = fc.array(
  fc.record({
    product: fc.constantFrom(null, 'latte'),
    category: fc.constantFrom('coffee', 'tea', 'pastry'),
    quantity: fc.integer({ min: 1, max: 7 }),
    amount: fc.option(fc.integer({ min: 0, max: 900 })),
    given: fc.boolean(),
  }),
  { maxLength: 3 },
);

export const sales: fc.Arbitrary<Sale> = fc.record({
  kind: fc.constant('sale' as const),
  total: fc.option(fc.integer({ min: 0, max: 2000 })),
  lines,
  hour: fc.integer({ min: 0, max: 23 }),
  external: fc.constant(null),
});

const units = fc.constantFrom('card', 'points');
const rewards = fc.constantFrom('gift', 'coffee', 'off', 'mug', 'unheardOf');
const names = fc.constantFrom('full/1', 'full/2', 'visits3/1', 'nobody/1');

/** Everything that a void takes back whole. */
export const acts: fc.Arbitrary<Fact> = fc.oneof(
  { weight: 6, arbitrary: sales },
  fc.record({
    kind: fc.constant('redeemed' as const),
    reward: rewards,
    voucher: fc.constant(null),
    due: fc.constant(null),
    approvedBy: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant('redeemed' as const),
    reward: fc.constant('gift'),
    voucher: fc.option(names),
    due: fc.constantFrom(null, 'birthday/2026', 'weekly/2026-W10'),
    approvedBy: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant('goodwill' as const),
    reason: fc.constant('r'),
    unit: units,
    amount: fc.integer({ min: 1, max: 12 }),
  }),
  fc.record({ kind: fc.constant('goodwillReward' as const), reason: fc.constant('r'), reward: rewards }),
  fc.record({
    kind: fc.constant('adjusted' as const),
    reason: fc.constant('r'),
    unit: units,
    amount: fc.integer({ min: -15, max: 15 }),
  }),
  fc.record({ kind: fc.constant('actionConfirmed' as const), action: fc.constantFrom('tag', 'other') }),
);

const targets = fc.integer({ min: 0, max: 24 }).map((n) => `e${n}`);

const others: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({ kind: fc.constant('enrolled' as const), via: fc.constant('till' as const) }),
  fc.record({ kind: fc.constant('voided' as const), target: targets, reason: fc.constant(null) }),
  fc.record({ kind: fc.constant('refunded' as const), target: targets, amount: fc.integer({ min: 1, max: 900 }) }),
  fc.record({
    kind: fc.constant('credentialIssued' as const),
    credential: fc.constantFrom('c1', 'c2'),
    credentialKind: fc.constant('printed' as const),
  }),
  fc.record({
    kind: fc.constant('credentialRevoked' as const),
    credential: fc.constantFrom('c1'),
    reason: fc.constant(null),
  }),
);

/** A member's history, days going forward by up to nine days at a time. Reversals may name events before or after them. */
export const histories: fc.Arbitrary<readonly Step[]> = fc
  .array(
    fc.record({
      fact: fc.oneof({ weight: 3, arbitrary: acts }, { weight: 1, arbitrary: others }),
      later: fc.integer({ min: 0, max: 9 }),
    }),
    { maxLength: 22 },
  )
  .map((steps) => {
    let day = '2026-02-25';
    return steps.map(({ fact, later }, n) => {
      day = addDays(day, later);
      return { event: `e${n}`, fact, day };
    });
  });
