import { describe, expect, test } from 'vitest';
import { balance } from '../fold/lots.ts';
import { both, points, stampCard } from '../presets.ts';
import type { Rule } from '../program.ts';
import { Ledger, line, redeemed, refunded, saleOf, voided } from '../testing/world.ts';

const day = '2026-03-02';
const card = stampCard({ scale: 0, takes: 3 });

function cardWith(stamps: number): Ledger {
  const ledger = new Ledger(card);
  for (let n = 1; n <= stamps; n += 1) ledger.book(`s${n}`, saleOf(null));
  return ledger;
}

describe('voiding a stamp', () => {
  test('of a full card withdraws the unused gift and gives the other stamps back', () => {
    const ledger = cardWith(3);
    const { why } = ledger.book('v', voided('s1'));
    expect(ledger.state.vouchers).toEqual([]);
    expect(balance(ledger.state, 'card', day)).toBe(2);
    expect(why).toContainEqual({ kind: 'withdrawn', voucher: 'full/1', reward: 'gift' });
    ledger.book('s4', saleOf(null));
    expect(ledger.state.vouchers).toMatchObject([{ id: 'full/1', status: 'open' }]);
  });

  test('whose gift was eaten leaves a debt that the next stamp fills', () => {
    const ledger = cardWith(3);
    ledger.book('r', redeemed('gift', 'full/1'));
    const { why } = ledger.book('v', voided('s2'));
    expect(why).toContainEqual({ kind: 'owed', unit: 'card', amount: 1 });
    expect(balance(ledger.state, 'card', day)).toBe(-1);
    for (const event of ['a', 'b', 'c']) ledger.book(event, saleOf(null));
    expect(balance(ledger.state, 'card', day)).toBe(2);
    expect(ledger.state.vouchers.map(({ id, status }) => [id, status])).toEqual([['full/1', 'consumed']]);
    ledger.book('d', saleOf(null));
    expect(ledger.state.vouchers.map(({ id }) => id)).toEqual(['full/1', 'full/2']);
  });

  test('then voiding the redemption reopens the gift, which settles the debt', () => {
    const ledger = cardWith(3);
    ledger.book('r', redeemed('gift', 'full/1'));
    ledger.book('v', voided('s2'));
    ledger.book('w', voided('r'));
    expect(balance(ledger.state, 'card', day)).toBe(2);
    expect(ledger.state.vouchers).toEqual([]);
  });

  test('of a sale without an amount holds no -0, for which events have no form', () => {
    const ledger = cardWith(1);
    const { effects } = ledger.book('v', voided('s1'));
    const numbers: unknown[] = [];
    JSON.stringify(effects, (_key, value: unknown) => (numbers.push(value), value));
    expect(numbers).toContain(0);
    expect(numbers.filter((value) => Object.is(value, -0))).toEqual([]);
  });

  test('is done once, whoever asks again, and a void cannot be voided', () => {
    const ledger = cardWith(1);
    ledger.book('v', voided('s1'));
    expect(ledger.book('v2', voided('s1')).effects).toEqual([]);
    expect(ledger.book('vv', voided('v'))).toEqual({ effects: [], why: [{ kind: 'notReversible', target: 'v' }] });
  });
});

describe('voiding a redemption', () => {
  const shop = points({ scale: 0, per: 1, expiry: { n: 5, unit: 'day' } });

  test('gives back to the same lots', () => {
    const ledger = new Ledger(shop);
    ledger.book('a', saleOf(50), '2026-03-01');
    ledger.book('b', saleOf(50), '2026-03-02');
    const before = ledger.state.lots;
    ledger.book('r', redeemed('coffee'), day);
    ledger.book('v', voided('r'), day);
    expect(ledger.state.lots).toEqual(before);
  });

  test('gives days of grace to what has ended meanwhile, and revives nothing else', () => {
    const ledger = new Ledger(shop);
    ledger.book('a', saleOf(90), '2026-03-01');
    ledger.book('r', redeemed('coffee'), '2026-03-02');
    ledger.book('v', voided('r'), '2026-03-10');
    expect(balance(ledger.state, 'points', '2026-03-17')).toBe(80);
    expect(balance(ledger.state, 'points', '2026-03-18')).toBe(0);
  });

  test('of one voucher used twice takes back the overdraft only', () => {
    const ledger = cardWith(3);
    ledger.book('r1', redeemed('gift', 'full/1'));
    ledger.book('r2', redeemed('gift', 'full/1'));
    expect(ledger.book('v', voided('r1')).effects).toContainEqual({
      rule: 'full',
      kind: 'reopen',
      voucher: 'full/1',
      by: 'r1',
      held: true,
    });
    expect(ledger.state.vouchers).toMatchObject([{ status: 'consumed', by: ['r2'] }]);
  });

  test('that names another voucher beside what is due leaves what is due alone', () => {
    const weekly: Rule = {
      id: 'weekly',
      name: {},
      on: { kind: 'period', every: 'week' },
      who: null,
      when: null,
      do: [{ kind: 'issue', reward: 'gift', expiry: null }],
      limits: [],
      stacking: null,
      active: null,
    };
    const ledger = new Ledger({ ...card, rules: [...card.rules, weekly] });
    ledger.book('r1', redeemed('gift', 'full/1'));
    const before = ledger.state;
    ledger.book('r2', {
      kind: 'redeemed',
      reward: 'gift',
      voucher: 'full/1',
      due: 'weekly/2026-W10',
      approvedBy: null,
    });
    expect(ledger.state.firedFor).toEqual({});
    ledger.book('v', voided('r2'));
    expect({ ...ledger.state, reversed: {} }).toEqual(before);
  });
});

describe('refunds', () => {
  test('are pro rata on what was refunded by now: points again from the whole, stamps only with the last part', () => {
    const ledger = new Ledger(both({ scale: 0, takes: 9, per: 100 }));
    ledger.book('s', saleOf(1000, [line('coffee', 2)]));
    ledger.book('r1', refunded('s', 450));
    expect([balance(ledger.state, 'points', day), balance(ledger.state, 'card', day)]).toEqual([5, 2]);
    expect(ledger.state.carry).toEqual({ points: 50 });
    ledger.book('r2', refunded('s', 5000));
    expect([balance(ledger.state, 'points', day), balance(ledger.state, 'card', day)]).toEqual([0, 0]);
    expect(ledger.state.reversed).toMatchObject({ s: { amount: 1000, whole: false } });
    expect(ledger.state.days[day]).toMatchObject({ visits: 1, spend: 0 });
    ledger.book('v', voided('s'));
    expect(ledger.state.days).toEqual({});
  });

  test('of a redemption are none', () => {
    const ledger = cardWith(3);
    ledger.book('r', redeemed('gift', 'full/1'));
    expect(ledger.book('x', refunded('r', 1)).why).toEqual([{ kind: 'notReversible', target: 'r' }]);
  });

  test('that come before the sale wait for it, and add up with its void', () => {
    const ledger = new Ledger(points({ scale: 0, per: 100 }));
    expect(ledger.book('r', refunded('s', 300)).why).toEqual([{ kind: 'waiting', target: 's' }]);
    ledger.book('r2', refunded('s', 300));
    ledger.book('s', saleOf(1000));
    expect(balance(ledger.state, 'points', day)).toBe(4);
    expect(ledger.state.waiting).toEqual([]);
    ledger.book('v', voided('s'));
    expect(balance(ledger.state, 'points', day)).toBe(0);
  });
});

test('taking back a sale works with the program that booked it', () => {
  const ledger = new Ledger(points({ scale: 0, give: 3, per: 100 }));
  ledger.book('s', saleOf(1050));
  const later = new Ledger(points({ scale: 0, give: 1, per: 70 }));
  later.state = ledger.state;
  later.booked.push(...ledger.booked);
  later.book('v', voided('s'));
  expect(later.state).toMatchObject({ lots: [], debts: {}, carry: {} });
});
