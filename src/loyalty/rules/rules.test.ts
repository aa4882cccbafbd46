import { describe, expect, test } from 'vitest';
import { apply } from '../apply.ts';
import { effectsOf } from '../effectsOf.ts';
import type { Fact } from '../facts.ts';
import { balance, held } from '../fold/lots.ts';
import { points, stampCard } from '../presets.ts';
import type { Action, Expression, Limit, Program, Rule, Trigger } from '../program.ts';
import { contextOf, Ledger, line, noDates, redeemed, saleOf, voided } from '../testing/world.ts';
import { view } from '../view.ts';

/** Every part of the one mechanism, by a rule of its own. */

const day = '2026-03-02';
const gift: Action = { kind: 'issue', reward: 'gift', expiry: null };
const give = (n: number): Action => ({ kind: 'credit', unit: 'card', amount: { kind: 'fixed', n } });
const allTime = { kind: 'allTime' } as const;

function rule(id: string, on: Trigger, actions: readonly Action[], more: Partial<Rule> = {}): Rule {
  const name = { en: id };
  return { id, name, on, who: null, when: null, do: actions, limits: [], stacking: null, active: null, ...more };
}

/** A card too large to fill, and these rules alone. */
function shop(...rules: readonly Rule[]): Program {
  const base = stampCard({ scale: 0, takes: 1000 });
  return { ...base, rules, tiers: [{ id: 'gold', name: { en: 'Gold' }, rank: 1 }] };
}

const stamps = (ledger: Ledger, on = day) => balance(ledger.state, 'card', on);
const vouchers = (ledger: Ledger) => ledger.state.vouchers.map(({ id }) => id);

describe('conditions and windows', () => {
  test('a rule counts on its days and hours only, and says so', () => {
    const active = { from: '2026-03-01', to: '2026-03-03', weekdays: [1, 2], hours: { from: 14, to: 16 } };
    const ledger = new Ledger(shop(rule('flash', { kind: 'sale' }, [give(1)], { active })));
    ledger.book('a', saleOf(1, [], 14), '2026-03-02');
    ledger.book('b', saleOf(1, [], 15), '2026-03-03');
    expect(stamps(ledger)).toBe(2);
    for (const [event, hour, on] of [
      ['c', 16, '2026-03-02'],
      ['d', 13, '2026-03-02'],
      ['e', 14, '2026-03-01'],
      ['f', 14, '2026-03-09'],
    ] as const) {
      expect(ledger.book(event, saleOf(1, [], hour), on).why).toEqual([
        { kind: 'notMet', rule: 'flash', because: 'notActive' },
      ]);
    }
  });

  test('conditions see the member as they came in', () => {
    const visits: Expression = { op: 'counter', counter: { kind: 'visits', window: allTime } };
    const first: Expression = { op: 'eq', left: visits, right: { op: 'const', value: 0 } };
    const ledger = new Ledger(shop(rule('first', { kind: 'sale' }, [give(5)], { who: first })));
    ledger.book('a', saleOf(1));
    expect(ledger.book('b', saleOf(1)).why).toEqual([{ kind: 'notMet', rule: 'first', because: 'who' }]);
    expect(stamps(ledger)).toBe(5);
  });

  test('expressions are total: unknown fields and operators are 0, so is dividing by 0', () => {
    const sum: Expression = {
      op: 'add',
      of: [
        { op: 'divide', left: { op: 'const', value: 7 }, right: { op: 'const', value: 0 } },
        { op: 'field', field: { kind: 'moonPhase' } as never },
        {
          op: 'max',
          of: [
            { op: 'field', field: { kind: 'saleQuantity', category: 'tea' } },
            { op: 'const', value: 1 },
          ],
        },
        { op: 'power', of: [] } as never,
      ],
    };
    const when: Expression = { op: 'eq', left: sum, right: { op: 'const', value: 3 } };
    const ledger = new Ledger(shop(rule('tea', { kind: 'sale' }, [give(1)], { when })));
    ledger.book('a', saleOf(1, [line('tea', 3)]));
    ledger.book('b', saleOf(1, [line('tea', 2)]));
    expect(stamps(ledger)).toBe(1);
  });

  test.each([
    ['all', 9],
    ['best', 5],
    ['first', 4],
  ] as const)('stacking %s', (mode, expected) => {
    const ledger = new Ledger(
      shop(
        rule('big', { kind: 'sale' }, [give(5)], { stacking: { group: 'g', mode, order: 2 } }),
        rule('small', { kind: 'sale' }, [give(4)], { stacking: { group: 'g', mode, order: 1 } }),
      ),
    );
    const { why } = ledger.book('a', saleOf(1));
    expect(stamps(ledger)).toBe(expected);
    expect(why.filter((one) => one.kind === 'notMet' && one.because === 'stacking')).toHaveLength(
      mode === 'all' ? 0 : 1,
    );
  });

  test.each([
    [{ kind: 'calendar', of: 'day' }, 2],
    [{ kind: 'rolling', days: 2 }, 1],
    [allTime, 1],
  ] as const)('once per member in a window, and a void frees the place: %o', (window, nextDay) => {
    const limit: Limit = { n: 1, per: 'member', window };
    const ledger = new Ledger(shop(rule('once', { kind: 'sale' }, [give(1)], { limits: [limit] })));
    ledger.book('a', saleOf(1));
    expect(ledger.book('b', saleOf(1)).why).toEqual([{ kind: 'notMet', rule: 'once', because: 'limit' }]);
    ledger.book('c', saleOf(1), '2026-03-03');
    expect(stamps(ledger)).toBe(nextDay);
    ledger.book('v', voided('a'));
    ledger.book('d', saleOf(1));
    expect(stamps(ledger)).toBe(nextDay);
  });
});

describe('thresholds', () => {
  const visits = (at: number, every: boolean, window: object = allTime): Trigger => ({
    kind: 'milestone',
    counter: { kind: 'visits', window: window as typeof allTime },
    at,
    every,
  });

  test('a rule that is switched on sees the past, and fires once for it', () => {
    const ledger = new Ledger(shop());
    for (let n = 0; n < 11; n += 1) ledger.book(`s${n}`, saleOf(1));
    const program = shop(rule('third', visits(3, true), [gift]));
    const now = new Ledger(program);
    now.state = ledger.state;
    now.book('t', saleOf(1));
    // 12 visits: the past 9 give one, this visit gives another.
    expect(vouchers(now)).toEqual(['third/3', 'third/4']);
    for (let n = 0; n < 3; n += 1) now.book(`u${n}`, saleOf(1));
    expect(vouchers(now)).toEqual(['third/3', 'third/4', 'third/5']);
  });

  test('once means once; in a month means once each month', () => {
    const ledger = new Ledger(
      shop(
        rule('once', visits(2, false), [gift]),
        rule('monthly', visits(2, false, { kind: 'calendar', of: 'month' }), [give(1)]),
      ),
    );
    for (const [n, on] of ['2026-03-01', '2026-03-02', '2026-03-03', '2026-04-01', '2026-04-30'].entries()) {
      ledger.book(`s${n}`, saleOf(1), on);
    }
    expect(vouchers(ledger)).toEqual(['once/1']);
    expect(stamps(ledger, '2026-05-01')).toBe(2);
  });

  test('a void takes a threshold back that was reached by it, also of last month, but time alone does not', () => {
    const monthly = visits(2, false, { kind: 'rolling', days: 5 });
    const ledger = new Ledger(shop(rule('monthly', monthly, [gift])));
    ledger.book('a', saleOf(1), '2026-03-30');
    ledger.book('b', saleOf(1), '2026-03-31');
    expect(vouchers(ledger)).toHaveLength(1);
    ledger.book('c', saleOf(1), '2026-04-20');
    ledger.book('v', voided('c'), '2026-04-20');
    expect(vouchers(ledger)).toHaveLength(1);
    ledger.book('w', voided('a'), '2026-04-20');
    expect(vouchers(ledger)).toEqual([]);
  });

  test('a streak of weeks, broken and begun again', () => {
    const streak: Trigger = { kind: 'milestone', counter: { kind: 'streak', of: 'week' }, at: 3, every: false };
    const ledger = new Ledger(shop(rule('streak', streak, [{ kind: 'badge', badge: 'regular' }, gift])));
    const weeks = ['2026-03-02', '2026-03-13', '2026-03-16', '2026-03-23', '2026-04-07', '2026-04-13', '2026-04-20'];
    const counts = weeks.map((on, n) => {
      ledger.book(`s${n}`, saleOf(1), on);
      return vouchers(ledger).length;
    });
    expect(counts).toEqual([0, 0, 1, 1, 1, 1, 2]);
    expect(ledger.state.badges).toEqual({ regular: '2026-03-16' });
  });

  test('tiers are granted with what they bring, and a void takes both back', () => {
    const program = shop(
      rule('spend', { kind: 'milestone', counter: { kind: 'spend', window: allTime }, at: 100, every: false }, [
        { kind: 'grantTier', tier: 'gold', lasts: { n: 1, unit: 'month' }, grace: { n: 5, unit: 'day' } },
      ]),
      rule('golden', { kind: 'tierReached', tier: 'gold' }, [gift]),
    );
    const ledger = new Ledger(program);
    ledger.book('a', saleOf(100));
    expect(view(program, ledger.state, noDates, day).tier).toMatchObject({ id: 'gold', until: '2026-04-07' });
    expect(view(program, ledger.state, noDates, '2026-04-08').tier).toBeNull();
    expect(vouchers(ledger)).toEqual(['golden/spend/1']);
    ledger.book('v', voided('a'));
    expect(ledger.state).toMatchObject({ tiers: [], vouchers: [], fired: {} });
  });
});

describe('what is due by date', () => {
  const birthday = rule('birthday', { kind: 'date', of: 'birthday', daysBefore: 7, daysAfter: 7 }, [gift]);
  const profile = { birthday: '12-30', nameDay: null, leapDay: '02-28' } as const;
  const due = (program: Program, ledger: Ledger, on: string) =>
    view(program, ledger.state, ledger.profile, on).available.map(({ due, expires }) => [due, expires]);

  test('a birthday voucher is there around the day, across the year, once a year, and booked when used', () => {
    const program = shop(birthday);
    const ledger = new Ledger(program, profile);
    expect(due(program, ledger, '2026-12-22')).toEqual([]);
    expect(due(program, ledger, '2026-12-23')).toEqual([['birthday/2026', '2027-01-06']]);
    expect(due(program, ledger, '2027-01-06')).toEqual([['birthday/2026', '2027-01-06']]);
    expect(due(program, ledger, '2027-01-07')).toEqual([]);
    ledger.book('r', redeemed('gift', 'birthday/2026', 'birthday/2026'), '2027-01-02');
    expect(ledger.state.vouchers).toMatchObject([{ id: 'birthday/2026', rule: 'birthday', status: 'consumed' }]);
    expect(due(program, ledger, '2027-01-03')).toEqual([]);
    const second = ledger.book('r2', redeemed('gift', 'birthday/2026', 'birthday/2026'), '2027-01-03');
    expect(second.effects).toMatchObject([{ kind: 'overdraw', by: 'r2' }]);
    ledger.book('v', voided('r'), '2027-01-03');
    ledger.book('v2', voided('r2'), '2027-01-03');
    expect(ledger.state.vouchers).toMatchObject([{ status: 'open', expires: '2027-01-06' }]);
  });

  test('29 February is kept as the setting says', () => {
    const program = shop({ ...birthday, on: { kind: 'date', of: 'birthday', daysBefore: 0, daysAfter: 0 } });
    for (const [leapDay, on] of [
      ['02-28', '2026-02-28'],
      ['03-01', '2026-03-01'],
      ['02-28', '2028-02-29'],
    ] as const) {
      const ledger = new Ledger(program, { birthday: '02-29', nameDay: null, leapDay });
      expect(due(program, ledger, on)).toHaveLength(1);
    }
  });

  test('a weekly perk is there each week; anniversaries begin after a year', () => {
    const program = shop(
      rule('weekly', { kind: 'period', every: 'week' }, [gift]),
      rule('joined', { kind: 'date', of: 'joined', daysBefore: 0, daysAfter: 0 }, [gift]),
    );
    const ledger = new Ledger(program);
    ledger.book('e', { kind: 'enrolled', via: 'till' }, day);
    expect(due(program, ledger, day)).toEqual([['weekly/2026-W10', '2026-03-08']]);
    expect(due(program, ledger, '2027-03-02')).toEqual([
      ['weekly/2027-W09', '2027-03-07'],
      ['joined/2027', '2027-03-02'],
    ]);
  });

  test('the sale that ends a lapse does not swallow its voucher', () => {
    const program = shop(rule('back', { kind: 'lapse', days: 60 }, [gift]));
    const ledger = new Ledger(program);
    ledger.book('a', saleOf(1), '2026-01-01');
    expect(due(program, ledger, '2026-03-01')).toEqual([]);
    expect(due(program, ledger, '2026-03-02')).toEqual([['back/2026-01-01', null]]);
    ledger.book('b', saleOf(1), '2026-03-02');
    expect(ledger.state.vouchers).toMatchObject([{ id: 'back/2026-01-01', status: 'open' }]);
    ledger.book('v', voided('b'), '2026-03-02');
    expect(due(program, ledger, '2026-03-02')).toEqual([['back/2026-01-01', null]]);
    expect(ledger.state.lastVisit).toBe('2026-01-01');
  });
});

test('joining and confirmed actions have their rules', () => {
  const ledger = new Ledger(
    shop(rule('welcome', { kind: 'join' }, [give(1)]), rule('tag', { kind: 'action', action: 'tag' }, [give(2)])),
  );
  const { why } = ledger.book('e', { kind: 'enrolled', via: 'card' });
  expect(why).toMatchObject([{ kind: 'earned', because: { kind: 'joined' } }]);
  ledger.book('t', { kind: 'actionConfirmed', action: 'tag' });
  ledger.book('o', { kind: 'actionConfirmed', action: 'other' });
  expect(stamps(ledger)).toBe(3);
});

test('old days become months, closed vouchers and marks go, and nothing that counts is lost', () => {
  const program = points({ scale: 0, per: 100, expiry: { n: 1, unit: 'month' } });
  const ledger = new Ledger(program);
  ledger.book('g', { kind: 'goodwillReward', reason: 'r', reward: 'mug' }, '2023-01-01');
  ledger.book('r', redeemed('mug', 'fact/g'), '2023-01-01');
  let n = 0;
  for (const month of ['2023-01', '2023-02', '2023-03', '2024-01', '2024-05', '2024-06']) {
    for (const date of ['05', '15']) ledger.book(`s${(n += 1)}`, saleOf(1000, [line('coffee')]), `${month}-${date}`);
  }
  const { state } = ledger;
  expect(Object.keys(state.months)).toEqual(['2023-01', '2023-02', '2023-03']);
  expect(state.months['2023-02']).toEqual({ visits: 2, spend: 2000, items: { coffee: 2 }, parts: { morning: 2 } });
  expect(state.vouchers).toEqual([]);
  expect(view(program, state, noDates, '2024-06-15')).toMatchObject({ visits: 12, lastVisit: '2024-06-15' });
  expect(state.firstVisit).toBe('2023-01-05');
  const ended = state.lots.filter(({ earned }) => earned < '2023-04-01');
  expect(ended).toEqual([]);
  expect(held(state, 'points', '2024-06-15')).toBe(30);
  ledger.book('late', saleOf(1000), '2023-02-20');
  expect(ledger.state.months['2023-02']?.visits).toBe(3);
});

test('the order in which blind tills arrive does not change what they are booked as together', () => {
  const program = stampCard({ scale: 0, takes: 3 });
  const facts: readonly [string, Fact][] = [
    ['a', saleOf(null)],
    ['b', saleOf(null)],
    ['r', redeemed('gift', 'full/1')],
  ];
  const start = new Ledger(program);
  start.book('s', saleOf(null));
  const ends = [facts, facts.toReversed()].map((order) =>
    order.reduce(
      (state, [event, fact]) => apply(state, effectsOf(program, state, fact, contextOf(event, day)).effects),
      start.state,
    ),
  );
  expect(ends.map((state) => state.vouchers.map(({ id, status, by }) => [id, status, by]))).toEqual([
    [['full/1', 'consumed', ['r']]],
    [['full/1', 'consumed', ['r']]],
  ]);
  expect(ends.map((state) => balance(state, 'card', day))).toEqual([0, 0]);
});
