import { expect, test } from 'vitest';
import { checkProgram } from './checkProgram.ts';
import { both, points, stampCard } from '../presets.ts';
import type { Program, Rule } from '../program.ts';

const shop = both({ scale: 2 });

test('presets are sound programs, in every shape and currency', () => {
  for (const scale of [0, 2]) {
    for (const program of [
      stampCard({ scale, takes: 9, giftIsLast: true }),
      stampCard({ scale, giftIsLast: false, category: 'coffee' }),
      points({ scale, give: 1, per: 1000, expiry: null }),
      both({ scale, takes: 6, per: 50 }),
    ]) {
      expect(checkProgram(program)).toEqual([]);
      for (const text of [...program.units, ...program.rewards, ...program.products, ...program.rules]) {
        expect(Object.keys(text.name)).toEqual(['en', 'hu']);
      }
    }
  }
});

test('"the tenth is free" takes nine, "collect ten" takes ten', () => {
  expect(stampCard({ scale: 0 }).units[0]?.card?.takes).toBe(9);
  expect(stampCard({ scale: 0, giftIsLast: false }).units[0]?.card?.takes).toBe(10);
});

function withRule(id: string, change: Partial<Rule>): Program {
  return { ...shop, rules: shop.rules.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)) };
}

const perSpend = {
  kind: 'credit',
  unit: 'points',
  amount: { kind: 'perSpend', give: 1, per: 100, category: null },
} as const;

test.each([
  ['badId', { ...shop, tiers: [{ id: 'a/b', name: { en: 'x' }, rank: 1 }] }],
  ['duplicateId', { ...shop, rewards: [...shop.rewards, ...shop.rewards.slice(0, 1)] }],
  ['nameMissing', { ...shop, tiers: [{ id: 'a', name: { en: ' ' }, rank: 1 }] }],
  ['notWhole', { ...shop, policies: { ...shop.policies, cooldownSeconds: 1.5 } }],
  ['notPositive', withRule('points', { do: [{ ...perSpend, amount: { ...perSpend.amount, per: 0 } }] })],
  [
    'outOfRange',
    { ...shop, rewards: shop.rewards.map((one) => ({ ...one, gives: { kind: 'percentOff', percent: 101 } as const })) },
  ],
  ['unknownUnit', withRule('points', { do: [{ ...perSpend, unit: 'pints' }] })],
  ['unknownReward', withRule('stamp', { do: [{ kind: 'issue', reward: 'cloud', expiry: null }] })],
  ['unknownTier', withRule('stamp', { on: { kind: 'tierReached', tier: 'gold' } })],
  ['cardMissing', { ...shop, units: shop.units.map((unit) => ({ ...unit, card: null })) }],
  [
    'cardMismatch',
    withRule('full', { on: { kind: 'milestone', counter: { kind: 'unit', unit: 'card' }, at: 8, every: true } }),
  ],
  ['severalRemainders', withRule('points', { do: [perSpend, perSpend] })],
  ['badDay', withRule('points', { active: { from: '2026-02-29', to: null, weekdays: null, hours: null } })],
] as const)('finds %s', (kind, program) => {
  expect(checkProgram(program as Program).map((problem) => problem.kind)).toContain(kind);
});
