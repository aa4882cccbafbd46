import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { apply } from '../apply.ts';
import { addDays } from '../days.ts';
import type { GivenOffline, Situation } from '../decision.ts';
import { effectsOf } from '../effectsOf.ts';
import { emptyState } from '../emptyState.ts';
import { both } from '../presets.ts';
import type { Policies, Program, RewardDefinition } from '../program.ts';
import { propose } from '../propose.ts';
import type { MemberState } from '../state.ts';
import { contextOf, situation } from '../testing/world.ts';
import { worstCase } from './worstCase.ts';

type Made<A> = A extends fc.Arbitrary<infer V> ? V : never;

const HOUR = 3_600_000;
const START = 1_000 * HOUR;
const FIRST_DAY = '2026-03-02';
const base = both({ scale: 0, takes: 2, category: null });

/** A member with more of everything than anybody could ask for. */
const rich: MemberState = apply(
  emptyState(),
  effectsOf(
    base,
    emptyState(),
    { kind: 'adjusted', reason: 'x', unit: 'points', amount: 1e9 },
    contextOf('e', FIRST_DAY),
  ).effects,
);

const policies = fc.record({
  offlineRedeemHours: fc.integer({ min: 0, max: 80 }),
  offlineRedemptionsPerMember24h: fc.integer({ min: 0, max: 3 }),
  offlineRedemptionsPerOutage: fc.integer({ min: 0, max: 6 }),
  ownWordPerDay: fc.integer({ min: 0, max: 3 }),
  cap: fc.option(fc.integer({ min: 0, max: 3000 })),
});

const rewards = fc.array(
  fc.record({
    costToShop: fc.integer({ min: 0, max: 900 }),
    onlineOnly: fc.boolean(),
    offline: fc.option(
      fc.record(
        { perMember24h: fc.integer({ min: 0, max: 4 }), perOutage: fc.integer({ min: 0, max: 4 }) },
        { requiredKeys: [] },
      ),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

/** What somebody tries: which reward, for whom, how the clock moved before, and whether they go on when told no. */
const tries = fc.array(
  fc.record({
    reward: fc.nat(3),
    member: fc.nat(4),
    clock: fc.integer({ min: -40, max: 40 }),
    goOn: fc.boolean(),
    credential: fc.constantFrom('rotating', 'printed'),
  }),
  { maxLength: 60 },
);

function programOf(bounds: Made<typeof policies>, list: Made<typeof rewards>): Program {
  const { cap, ...rest } = bounds;
  const all: Policies = { ...base.policies, ...rest, ...(cap !== null && { offlineValuePerOutage: cap }) };
  const [model] = base.rewards.filter(({ cost }) => cost !== null);
  if (model === undefined) throw new Error('the preset has no reward for points');
  return {
    ...base,
    policies: all,
    rewards: list.map(({ costToShop, onlineOnly, offline }, n): RewardDefinition => {
      const reward = { ...model, id: `r${n}`, costToShop, onlineOnly };
      return offline === null ? reward : { ...reward, offline };
    }),
  };
}

/** One till that gives away whatever it may, without a manager; what that cost. */
function greedy(program: Program, attempts: Made<typeof tries>): number {
  let at = START;
  let latestAt = START;
  let spent = 0;
  const given: { entry: GivenOffline; member: number }[] = [];
  for (const { reward: n, member, clock, goOn, credential } of attempts) {
    at += clock * HOUR;
    const reward = program.rewards[n % program.rewards.length];
    if (reward === undefined) continue;
    const day = addDays(FIRST_DAY, Math.floor((at - START) / (24 * HOUR)));
    const moment: Situation = situation({
      at,
      latestAt: Math.max(latestAt, at),
      lastSyncAt: START,
      online: false,
      credential,
      goOn: goOn ? { kind: 'ownWord' } : null,
      given: given.map((one) => ({ ...one.entry, sameMember: one.member === member })),
    });
    const answer = propose(
      program,
      rich,
      { kind: 'redeem', reward: reward.id, voucher: null },
      contextOf('x', day),
      moment,
    );
    if (!answer.ok || answer.fact.kind !== 'redeemed') continue;
    latestAt = Math.max(latestAt, at);
    spent += reward.costToShop;
    const ownWord = answer.fact.goOn?.kind === 'ownWord';
    given.push({ member, entry: { reward: reward.id, at, day, sameMember: false, thisOutage: true, ownWord } });
  }
  return spent;
}

test('blind tills that give away all they may never cost more than the worst case', () => {
  fc.assert(
    fc.property(policies, rewards, fc.array(tries, { minLength: 1, maxLength: 3 }), (bounds, list, tills) => {
      const program = programOf(bounds, list);
      const spent = tills.reduce((sum, attempts) => sum + greedy(program, attempts), 0);
      expect(spent).toBeLessThanOrEqual(worstCase(program, tills.length).total);
    }),
    { numRuns: 1500 },
  );
});

test('the worst case can happen: it is no number far from what the policies let through', () => {
  const bounds = { offlineRedeemHours: 1, offlineRedemptionsPerMember24h: 9, offlineRedemptionsPerOutage: 3 };
  const program = programOf({ ...bounds, ownWordPerDay: 0, cap: null }, [
    { costToShop: 500, onlineOnly: false, offline: null },
    { costToShop: 9000, onlineOnly: true, offline: null },
  ]);
  const attempts = Array.from({ length: 9 }, (_, member) => ({
    reward: 0,
    member,
    clock: 0,
    goOn: false,
    credential: 'rotating' as const,
  }));
  expect(greedy(program, attempts)).toBe(1500);
  expect(worstCase(program, 1)).toEqual({
    tills: 1,
    rewards: 3,
    onOwnWord: 0,
    perTill: 1500,
    total: 1500,
    capped: false,
  });
  const capped = { ...program, policies: { ...program.policies, offlineValuePerOutage: 1200 } };
  expect(greedy(capped, attempts)).toBe(1000);
  expect(worstCase(capped, 3)).toMatchObject({ perTill: 1200, total: 3600, capped: true });
});
