import { expect, test } from 'vitest';
import { emptyState } from './emptyState.ts';
import { both, points } from './presets.ts';
import { textIn } from './textIn.ts';
import { Ledger, line, noDates, redeemed, saleOf } from './testing/world.ts';
import { view } from './view.ts';

const day = '2026-03-02';

test('a new member sees empty cards and what they lead to', () => {
  const program = both({ scale: 0 });
  const seen = view(program, emptyState(), noDates, day);
  expect(seen.balances).toMatchObject([
    {
      unit: 'card',
      amount: 0,
      expiring: [],
      card: { takes: 9, giftIsLast: true, filled: 0, openGifts: 0 },
      carried: null,
    },
    { unit: 'points', amount: 0, card: null, carried: { remainder: 0, per: 100 } },
  ]);
  expect(seen).toMatchObject({ available: [], tier: null, visits: 0, lastVisit: null, enrolledOn: null });
  expect(seen.near.map(({ reward, progress }) => [reward, progress])).toEqual([
    ['coffee', { unit: 'points', have: 0, need: 80 }],
    ['off', { unit: 'points', have: 0, need: 100 }],
    ['mug', { unit: 'points', have: 0, need: 250 }],
    ['gift', { unit: 'card', have: 0, need: 9 }],
  ]);
});

test('what is nearest comes first: a card that lacks one stamp before points that are far off', () => {
  const ledger = new Ledger(both({ scale: 0, takes: 3 }));
  ledger.book('s', saleOf(4_000, [line('coffee', 2)]));
  const seen = view(ledger.program, ledger.state, noDates, day);
  expect(seen.near.map(({ reward }) => reward)).toEqual(['gift', 'coffee', 'off', 'mug']);
});

test('open vouchers come before what costs, the one that ends soonest first', () => {
  const program = both({ scale: 0, takes: 2 });
  const ledger = new Ledger(program);
  ledger.book('s', saleOf(9_950, [line('coffee', 5)]));
  ledger.state = {
    ...ledger.state,
    vouchers: ledger.state.vouchers.map((voucher) =>
      voucher.id === 'full/2' ? { ...voucher, expires: '2026-03-02' } : voucher,
    ),
  };
  const seen = view(program, ledger.state, noDates, day);
  expect(seen.available.map(({ reward, voucher, expires, cost }) => [reward, voucher, expires, cost?.amount])).toEqual([
    ['gift', 'full/2', '2026-03-02', undefined],
    ['gift', 'full/1', null, undefined],
    ['coffee', null, null, 80],
  ]);
  expect(seen.balances).toMatchObject([
    { card: { filled: 1, openGifts: 2 } },
    { amount: 99, carried: { remainder: 50, per: 100 } },
  ]);
  const tomorrow = view(program, ledger.state, noDates, '2026-03-03');
  expect(tomorrow.balances[0]).toMatchObject({ card: { openGifts: 1 } });
});

test('lots that end are listed by day, and what is owed shows', () => {
  const program = points({ scale: 0, per: 1, expiry: { n: 2, unit: 'day' } });
  const ledger = new Ledger(program);
  ledger.book('a', saleOf(5), '2026-03-01');
  ledger.book('b', saleOf(6), '2026-03-02');
  ledger.book('c', saleOf(7), '2026-03-02');
  expect(view(program, ledger.state, noDates, '2026-03-03').balances[0]?.expiring).toEqual([
    { amount: 5, expires: '2026-03-03' },
    { amount: 13, expires: '2026-03-04' },
  ]);
  ledger.book('r', redeemed('coffee'), '2026-03-02');
  expect(view(program, ledger.state, noDates, '2026-03-03').balances[0]?.amount).toBe(-62);
});

test('texts fall back to the language of the business, then to any', () => {
  const text = { en: 'Coffee', hu: 'Kávé', de: '' };
  expect(textIn(text, 'hu', 'en')).toBe('Kávé');
  expect(textIn(text, 'fr', 'hu')).toBe('Kávé');
  expect(textIn(text, 'de', 'en')).toBe('Coffee');
  expect(textIn(text, 'fr', 'it')).toBe('Coffee');
  expect(textIn({}, 'constructor', 'en')).toBe('');
});
