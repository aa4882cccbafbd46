import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SharesLeft } from '../decision.ts';
import type { Effect } from '../effects.ts';
import type { Fact } from '../facts.ts';
import { planGrants } from './grantPlan.ts';
import { both, points } from '../presets.ts';
import type { Limit, Program, Rule, Trigger } from '../program.ts';
import { propose } from '../propose.ts';
import { accountOf, foldShare, isShareOpen, leftOf, poolOf, readPool, readShare, type SharePool } from './shares.ts';
import { sharesLeft } from './sharesLeft.ts';
import { shareEffects, sharesIn } from './shareUse.ts';
import { contextOf, Ledger, redeemed, saleOf, situation, voided } from '../testing/world.ts';

const DAY = '2026-03-02';
const perDay: Limit = { n: 2, per: 'business', window: { kind: 'calendar', of: 'day' } };
const perTill: Limit = { ...perDay, per: 'device' };

const plain = both({ scale: 0, takes: 2, category: null });
/** The reward `coffee` under limits. */
const limited = (...limits: readonly Limit[]): Program => ({
  ...plain,
  rewards: plain.rewards.map((reward) => (reward.id === 'coffee' ? { ...reward, limits } : reward)),
});

/** A rule that gives five points, the first times of a day only. */
const withRule = (on: Trigger, limit = perDay): Program => {
  const rule: Rule = {
    id: 'early',
    name: { en: 'Early' },
    on,
    who: null,
    when: null,
    do: [{ kind: 'credit', unit: 'points', amount: { kind: 'fixed', n: 5 } }],
    limits: [limit],
    stacking: null,
    active: null,
  };
  const base = points({ scale: 0, give: 1, per: 1_000_000, expiry: null });
  return { ...base, rules: [...base.rules, rule] };
};

const leftAt = (pool: string, left: number, elsewhere = 0): SharesLeft => ({
  [pool]: { share: `${pool}/bar`, left, elsewhere },
});

describe('names', () => {
  test.each([
    [{ kind: 'allTime' }, 'reward:x/business/ever/ever', null],
    [{ kind: 'calendar', of: 'day' }, 'reward:x/business/day/2026-03-02', '2026-03-02'],
    [{ kind: 'calendar', of: 'week' }, 'reward:x/business/week/2026-03-02', '2026-03-08'],
    [{ kind: 'calendar', of: 'month' }, 'reward:x/business/month/2026-03-01', '2026-03-31'],
    [{ kind: 'calendar', of: 'quarter' }, 'reward:x/business/quarter/2026-01-01', '2026-03-31'],
    [{ kind: 'calendar', of: 'halfYear' }, 'reward:x/business/halfYear/2026-01-01', '2026-06-30'],
    [{ kind: 'calendar', of: 'year' }, 'reward:x/business/year/2026-01-01', '2026-12-31'],
  ] as const)('a pool is named by its first day and says its last: %o', (window, name, until) => {
    expect(poolOf('reward:x', { per: 'business', window }, '2026-03-02')).toBe(name);
    expect(readPool(name)).toMatchObject({ id: 'reward:x', per: 'business', until });
  });

  test('limits of members, rolling windows and names that are none have no pool', () => {
    expect(poolOf('x', { per: 'member', window: { kind: 'allTime' } }, DAY)).toBeNull();
    expect(poolOf('x', { per: 'device', window: { kind: 'rolling', days: 7 } }, DAY)).toBeNull();
    for (const name of ['', 'x', 'x/business/day', 'x/member/day/2026-03-02', 'x/device/day/2026-02-30', '/a/b/c/d']) {
      expect(readPool(name)).toBeNull();
    }
    expect(readPool('x/business/week/2026-03-03')).toBeNull();
  });

  test('a share is open up to the last day of its window', () => {
    expect(isShareOpen('x/business/week/2026-03-02/bar', '2026-03-08')).toBe(true);
    expect(isShareOpen('x/business/week/2026-03-02/bar', '2026-03-09')).toBe(false);
    expect(isShareOpen('x/business/ever/ever/bar', '2099-01-01')).toBe(true);
    expect(isShareOpen('nothing', DAY)).toBe(false);
  });
});

describe('a limited reward', () => {
  const pool = `reward:coffee/business/day/${DAY}`;
  const rich = new Ledger(limited(perDay));
  rich.book('s', saleOf(100_000), DAY);
  const ask = (shares: SharesLeft | undefined, program = limited(perDay)) =>
    propose(
      program,
      rich.state,
      { kind: 'redeem', reward: 'coffee', voucher: null },
      contextOf('x', DAY),
      situation(shares && { shares }),
    );

  test('names the share it uses, and booking counts that one use', () => {
    const answer = ask(leftAt(pool, 1));
    if (!answer.ok) throw new Error(answer.refusal.kind);
    expect(sharesIn(answer.fact)).toEqual([`${pool}/bar`]);
    expect(shareEffects(answer.effects)).toEqual([
      { rule: 'fact', kind: 'share', share: `${pool}/bar`, move: 'used', n: 1 },
    ]);
    expect(rich.book('x', answer.fact, DAY).effects).toEqual(answer.effects);
  });

  test('is refused where nothing is left here, saying for whom and what others have', () => {
    const none = { kind: 'limitReached', n: 2, per: 'business', window: perDay.window };
    expect(ask(leftAt(pool, 0, 3))).toEqual({ ok: false, refusal: { ...none, elsewhere: 3 } });
    expect(ask(undefined)).toEqual({ ok: false, refusal: { ...none, elsewhere: 0 } });
    // Yesterday's share is not today's.
    const before = poolOf('reward:coffee', perDay, '2026-03-01') ?? '';
    expect(ask(leftAt(before, 5))).toMatchObject({ ok: false });
  });

  test('needs a share of each of its limits', () => {
    const program = limited(perDay, perTill);
    const till = poolOf('reward:coffee', perTill, DAY) ?? '';
    expect(ask(leftAt(pool, 1), program)).toMatchObject({ ok: false, refusal: { per: 'device' } });
    const answer = ask({ ...leftAt(pool, 1), ...leftAt(till, 1) }, program);
    expect(answer.ok && sharesIn(answer.fact)).toEqual([`${pool}/bar`, `${till}/bar`]);
  });

  test('gives the share back with a void on the same day, once, and not after its window', () => {
    for (const [day, moves] of [
      [DAY, ['returned']],
      ['2026-03-03', []],
    ] as const) {
      const ledger = new Ledger(limited(perDay));
      ledger.book('s', saleOf(100_000), DAY);
      ledger.book('r', { ...redeemed('coffee'), shares: [`${pool}/bar`] } as Fact, DAY);
      const { effects } = ledger.book('v', voided('r'), day);
      expect(shareEffects(effects).map(({ move }) => move)).toEqual(moves);
      expect(shareEffects(ledger.book('v2', voided('r'), day).effects)).toEqual([]);
    }
  });

  test('a void that was there before uses and gives back at once', () => {
    const ledger = new Ledger(limited(perDay));
    ledger.book('s', saleOf(100_000), DAY);
    ledger.book('v', voided('r'), DAY);
    const { effects } = ledger.book('r', { ...redeemed('coffee'), shares: [`${pool}/bar`] } as Fact, DAY);
    expect(shareEffects(effects).map(({ move }) => move)).toEqual(['used', 'returned']);
  });
});

describe('a limited rule', () => {
  const pool = `early/business/day/${DAY}`;
  const visits = { kind: 'visits', window: { kind: 'allTime' } } as const;
  const joined: Fact = { kind: 'enrolled', via: 'till' };
  const tagged: Fact = { kind: 'actionConfirmed', action: 'tag' };
  const cases: readonly (readonly [Trigger, Fact])[] = [
    [{ kind: 'sale' }, saleOf(100)],
    [{ kind: 'join' }, joined],
    [{ kind: 'action', action: 'tag' }, tagged],
    [{ kind: 'milestone', counter: visits, at: 1, every: true }, saleOf(100)],
  ];
  test.each(cases)('fires with a share only, and its void gives the share back: %o', (on, fact) => {
    const program = withRule(on);
    const given = (effects: readonly Effect[]) =>
      effects.some(({ rule, kind }) => rule === 'early' && kind === 'credit');
    const without = propose(program, new Ledger(program).state, fact, contextOf('x', DAY), situation());
    expect(without.ok && given(without.effects)).toBe(false);
    expect(without.ok && without.why).toContainEqual({ kind: 'notMet', rule: 'early', because: 'limit' });
    const shares = leftAt(pool, 2);
    const answer = propose(program, new Ledger(program).state, fact, contextOf('x', DAY), situation({ shares }));
    if (!answer.ok) throw new Error(answer.refusal.kind);
    expect(given(answer.effects)).toBe(true);
    expect(sharesIn(answer.fact)).toEqual([`${pool}/bar`]);
    if (fact.kind === 'enrolled') return;
    const ledger = new Ledger(program);
    expect(ledger.book('x', answer.fact, DAY).effects).toEqual(answer.effects);
    expect(shareEffects(ledger.book('v', voided('x'), DAY).effects)).toMatchObject([{ move: 'returned' }]);
  });

  test('names no share that it did not use', () => {
    const program = withRule({ kind: 'sale' });
    const answer = propose(program, new Ledger(program).state, saleOf(100), contextOf('x', DAY), {
      ...situation(),
      shares: leftAt('other/business/ever/ever', 4),
    });
    expect(answer.ok && answer.fact).toEqual(saleOf(100));
  });

  test('keeps the window that the till named, where the server settles another day', () => {
    const program = withRule({ kind: 'sale' });
    const { effects } = new Ledger(program).book('x', { ...saleOf(100), shares: [`${pool}/bar`] }, '2026-03-03');
    expect(shareEffects(effects)).toMatchObject([{ share: `${pool}/bar`, move: 'used' }]);
  });
});

describe('a pool', () => {
  const name = `x/business/day/${DAY}`;
  const moves = fc.array(
    fc.record({
      device: fc.constantFrom('a', 'b', 'c', 'd'),
      move: fc.constantFrom('used' as const, 'returned' as const, 'released' as const, 'grant' as const),
      n: fc.integer({ min: 1, max: 9 }),
    }),
    { maxLength: 40 },
  );

  test('what is granted and not released never exceeds the limit, whatever tills do and say', () => {
    fc.assert(
      fc.property(moves, fc.integer({ min: 1, max: 30 }), (steps, n) => {
        let pool: SharePool = { id: name, accounts: {} };
        const fold = (device: string, move: 'granted' | 'used' | 'returned' | 'released', by: number) => {
          pool = foldShare(pool, { rule: 'fact', kind: 'share', share: `${name}/${device}`, move, n: by });
        };
        for (const { device, move, n: by } of steps) {
          const account = accountOf(pool, device);
          const left = leftOf(name, account, 0);
          if (move === 'grant') {
            for (const grant of planGrants(pool, n, ['a', 'b', 'c'])) fold(grant.device, 'granted', grant.n);
          } else if (move === 'returned') fold(device, move, Math.min(by, Math.max(0, account.used)));
          // `d` never gets anything, uses what it does not have, and releases it too.
          else fold(device, move, device === 'd' ? by : Math.min(by, Math.max(0, left)));
          const honest = ['a', 'b', 'c'].map((each) => accountOf(pool, each));
          expect(honest.reduce((sum, each) => sum + each.granted - each.released, 0)).toBeLessThanOrEqual(n);
          expect(honest.reduce((sum, each) => sum + each.used, 0)).toBeLessThanOrEqual(n);
        }
      }),
      { seed: 20_260_302, numRuns: 500 },
    );
  });

  test('grants evenly, the rest to the first; and later to who has least', () => {
    const empty = { id: name, accounts: {} };
    expect(planGrants(empty, 20, ['a', 'b', 'c'])).toEqual([
      { device: 'a', n: 7 },
      { device: 'b', n: 7 },
      { device: 'c', n: 6 },
    ]);
    expect(planGrants(empty, 2, ['a', 'b', 'c'])).toEqual([
      { device: 'a', n: 1 },
      { device: 'b', n: 1 },
    ]);
    const account = (granted: number, used: number, released: number) => ({ granted, used, released });
    const later = { id: name, accounts: { a: account(10, 10, 0), b: account(10, 2, 5), c: account(0, 0, 0) } };
    expect(planGrants(later, 20, ['a', 'b', 'c'])).toEqual([
      { device: 'a', n: 3 },
      { device: 'c', n: 2 },
    ]);
    // What a tablet holds that is not among them any more stays out.
    expect(planGrants({ id: name, accounts: { gone: account(20, 0, 0) } }, 20, ['a'])).toEqual([]);
    expect(planGrants(empty, 20, [])).toEqual([]);
  });

  test('a till sees what it has left: what is booked, and its own acts over it', () => {
    const program = limited(perDay, perTill);
    const pool = `reward:coffee/business/day/${DAY}`;
    const booked: SharePool = {
      id: pool,
      accounts: { bar: { granted: 5, used: 1, released: 0 }, door: { granted: 4, used: 1, released: 0 } },
    };
    const own = [
      { rule: 'fact', kind: 'share', share: `${pool}/bar`, move: 'used', n: 1 },
      { rule: 'fact', kind: 'share', share: `${pool}/bar`, move: 'released', n: 2 },
    ] as const;
    const left = sharesLeft(program, DAY, 'bar', (id) => (id === pool ? booked : undefined), own);
    expect(left).toEqual({
      [pool]: { share: `${pool}/bar`, left: 1, elsewhere: 3 },
      [`reward:coffee/device/day/${DAY}`]: { share: `reward:coffee/device/day/${DAY}/bar`, left: 2, elsewhere: 0 },
    });
    expect(readShare(`${pool}/bar`)).toEqual({ pool, device: 'bar' });
  });
});
