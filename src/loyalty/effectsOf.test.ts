import { describe, expect, test } from 'vitest';
import { emptyState } from './emptyState.ts';
import type { Fact } from './facts.ts';
import { balance } from './fold/lots.ts';
import { both, points, stampCard } from './presets.ts';
import { contextOf, Ledger, line, noDates, redeemed, saleOf, voided } from './testing/world.ts';
import { effectsOf } from './effectsOf.ts';
import { view } from './view.ts';

const card = stampCard({ scale: 0 });
const day = '2026-03-02';

describe('a stamp card', () => {
  test('nine stamps turn into the gift; the tenth visit begins the next card', () => {
    const ledger = new Ledger(card);
    for (let n = 1; n <= 9; n += 1) ledger.book(`s${n}`, saleOf(null));
    expect(balance(ledger.state, 'card', day)).toBe(0);
    expect(ledger.state.vouchers).toMatchObject([{ id: 'full/1', reward: 'gift', status: 'open', rule: 'full' }]);
    ledger.book('s10', saleOf(null));
    expect(view(card, ledger.state, noDates, day).balances[0]).toMatchObject({
      amount: 1,
      card: { filled: 1, openGifts: 1, takes: 9, giftIsLast: true },
    });
  });

  test('surplus stamps of one sale carry over, and one sale can fill several cards', () => {
    const ledger = new Ledger(both({ scale: 0, takes: 10, giftIsLast: false }));
    const { why } = ledger.book(
      's',
      saleOf(20_000, [line('coffee', 23), line('tea', 4), line('coffee', 9, { given: true })]),
    );
    expect(balance(ledger.state, 'card', day)).toBe(3);
    expect(ledger.state.vouchers.map(({ id }) => id)).toEqual(['full/1', 'full/2']);
    expect(why).toContainEqual({
      kind: 'earned',
      rule: 'stamp',
      unit: 'card',
      amount: 23,
      because: { kind: 'items', quantity: 23, category: 'coffee' },
    });
  });

  test('a sale of nothing but given items is a visit that earns nothing', () => {
    const ledger = new Ledger(card);
    ledger.book('s', saleOf(0, [line('coffee', 1, { given: true })]));
    expect(ledger.state.lots).toEqual([]);
    expect(ledger.state.days[day]?.visits).toBe(1);
  });

  test('a smaller card fires what is covered, under numbers that were never used', () => {
    const ledger = new Ledger(card);
    for (let n = 1; n <= 17; n += 1) ledger.book(`s${n}`, saleOf(null));
    const smaller = stampCard({ scale: 0, takes: 4 });
    const { effects } = effectsOf(smaller, ledger.state, saleOf(null), contextOf('s18', day));
    expect(effects.flatMap((effect) => (effect.kind === 'issue' ? [effect.voucher] : []))).toEqual([
      'full/2',
      'full/3',
    ]);
  });
});

describe('points', () => {
  test('4 x 300 with 1 point per 1000 make one point and carry 200', () => {
    const ledger = new Ledger(points({ scale: 0, per: 1000 }));
    for (const event of ['a', 'b', 'c', 'd']) ledger.book(event, saleOf(300));
    expect(balance(ledger.state, 'points', day)).toBe(1);
    expect(ledger.state.carry).toEqual({ points: 200 });
    expect(view(ledger.program, ledger.state, noDates, day).balances[0]?.carried).toEqual({
      remainder: 200,
      per: 1000,
    });
  });

  test('the lot that ends soonest is spent first, and an ended one does not count', () => {
    const ledger = new Ledger(points({ scale: 0, per: 1, expiry: { n: 10, unit: 'day' } }));
    ledger.book('a', saleOf(60), '2026-03-01');
    ledger.book('b', saleOf(60), '2026-03-05');
    ledger.book('r', redeemed('coffee'), '2026-03-11');
    expect(ledger.state.lots).toMatchObject([{ id: 'b/points', left: 40 }]);
    expect(balance(ledger.state, 'points', '2026-03-15')).toBe(40);
    expect(balance(ledger.state, 'points', '2026-03-16')).toBe(0);
  });

  test('what a balance cannot cover is owed, and filled by what is earned next', () => {
    const ledger = new Ledger(points({ scale: 0, per: 1 }));
    ledger.book('a', saleOf(30));
    const { why } = ledger.book('r', redeemed('coffee'));
    expect(why).toContainEqual({ kind: 'owed', unit: 'points', amount: 50 });
    expect(ledger.state).toMatchObject({ lots: [], debts: { points: 50 } });
    ledger.book('b', saleOf(70));
    expect(ledger.state).toMatchObject({ lots: [{ left: 20 }], debts: {} });
  });
});

describe('vouchers', () => {
  test('used twice is one overdraft with its cost; the second use is held, too', () => {
    const ledger = new Ledger(card);
    ledger.book('g', { kind: 'goodwillReward', reason: 'late', reward: 'gift' });
    ledger.book('r1', redeemed('gift', 'fact/g'));
    const second = ledger.book('r2', redeemed('gift', 'fact/g'));
    expect(second.effects).toEqual([
      { rule: 'fact', kind: 'overdraw', voucher: 'fact/g', reward: 'gift', by: 'r2', cost: 350 },
    ]);
    expect(ledger.state.vouchers).toMatchObject([{ status: 'consumed', by: ['r1', 'r2'] }]);
  });

  test('used before its issue is known: the issue closes it', () => {
    const ledger = new Ledger(card);
    for (let n = 1; n <= 8; n += 1) ledger.book(`s${n}`, saleOf(null));
    ledger.book('r', redeemed('gift', 'full/1'));
    expect(ledger.state.vouchers).toMatchObject([{ id: 'full/1', status: 'consumedAhead' }]);
    ledger.book('s9', saleOf(null));
    expect(ledger.state.vouchers).toMatchObject([{ id: 'full/1', status: 'consumed', by: ['r'] }]);
    expect(balance(ledger.state, 'card', day)).toBe(0);
  });

  test('two tills that both add the ninth stamp find it once', () => {
    const ledger = new Ledger(card);
    for (let n = 1; n <= 8; n += 1) ledger.book(`s${n}`, saleOf(null));
    const told = ['a', 'b'].map((till) => effectsOf(card, ledger.state, saleOf(null), contextOf(till, day)));
    const names = told.map(({ effects }) => effects.flatMap((one) => (one.kind === 'issue' ? [one.voucher] : [])));
    expect(names).toEqual([['full/1'], ['full/1']]);
    ledger.book('a', saleOf(null));
    ledger.book('b', saleOf(null));
    expect(ledger.state.vouchers).toHaveLength(1);
    expect(balance(ledger.state, 'card', day)).toBe(1);
  });
});

test('enrolling counts once, and cards once revoked stay revoked', () => {
  const ledger = new Ledger(card);
  ledger.book('e', { kind: 'enrolled', via: 'till' }, '2026-01-01');
  ledger.book('e2', { kind: 'enrolled', via: 'card' }, '2026-02-01');
  expect(ledger.state.enrolledOn).toBe('2026-01-01');
  ledger.book('r', { kind: 'credentialRevoked', credential: 'c', reason: null });
  ledger.book('i', { kind: 'credentialIssued', credential: 'c', credentialKind: 'printed' });
  expect(ledger.state.credentials).toEqual({ c: { kind: 'printed', revoked: true } });
});

test('a fact or effect of an unknown kind is counted, never thrown', () => {
  const ledger = new Ledger(card);
  const strange = { kind: 'teleported' } as unknown as Fact;
  expect(effectsOf(card, emptyState(), strange, contextOf('x', day))).toEqual({ effects: [], why: [] });
  ledger.book('x', strange);
  ledger.book('v', voided('x'));
  expect(ledger.state.lots).toEqual([]);
});
