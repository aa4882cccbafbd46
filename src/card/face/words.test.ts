import { describe, expect, test } from 'vitest';
import { emptyState } from '../../loyalty/emptyState.ts';
import { view } from '../../loyalty/view.ts';
import { givesOf } from '../pages/gives.ts';
import { testCard, testEntry, testWords } from '../testing/card.ts';
import { freshnessOf } from './freshness.ts';
import { headlineOf } from './headline.ts';
import { reasonsOf, titleOf } from './historyWords.ts';

const MINUTE = 60_000;
const NO_DATES = { birthday: null, nameDay: null, leapDay: '02-28' } as const;
const card = testCard();
const points = card.program.units.find((unit) => unit.kind === 'points')?.id ?? '';
const stamps = card.program.units.find((unit) => unit.kind === 'stamps')?.id ?? '';

/** Non-breaking blanks are blanks to a reader. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('how fresh the card is', () => {
  test.each([
    [0, 'most frissült'],
    [-5000, 'most frissült'],
    [2 * MINUTE, '2 perce frissült'],
    [3 * 60 * MINUTE, '3 órája frissült'],
    [30 * 60 * MINUTE, 'tegnap frissült'],
    [40 * 24 * 60 * MINUTE, '40 napja frissült'],
  ])('after %i ms', (age, said) => {
    expect(freshnessOf(testWords('hu').messages.fresh, age, true)).toBe(said);
  });

  test('says that there is no internet', () => {
    expect(freshnessOf(testWords('en').messages.fresh, 2 * MINUTE, false)).toBe('No internet · updated 2 min ago');
  });
});

describe('the headline', () => {
  const lot = { rule: 'r', earned: '2026-03-01' };
  const state = {
    ...emptyState(),
    lots: [
      { ...lot, id: 'a', unit: points, expires: '2026-11-30', left: 30 },
      { ...lot, id: 'b', unit: points, expires: null, left: 1112 },
    ],
  };
  const shown = view({ ...card.program, secret: '' }, state, NO_DATES, '2026-03-02');

  test('is the points, and what of them ends soon', () => {
    expect(headlineOf(shown, testWords('en'), '2026-10-01')).toEqual({
      title: '1,142 points',
      detail: '30 points until 30 Nov',
    });
    const said = headlineOf(shown, testWords('hu'), '2026-10-01');
    expect(headlineOf(shown, testWords('hu'), '2026-09-30').detail).toBeNull();
    expect([plain(said.title), said.detail]).toEqual(['1 142 pont', '30 pont nov. 30-ig érvényes']);
  });

  test('is the stamps where there are no points', () => {
    const only = { ...shown, balances: shown.balances.filter((balance) => balance.kind === 'stamps') };
    expect(headlineOf(only, testWords('hu'), '2026-10-01')).toEqual({ title: '0 pecsét', detail: null });
    expect(headlineOf({ ...shown, balances: [] }, testWords('hu'), '2026-10-01').title).toBe('Szia!');
  });
});

describe('the history', () => {
  const spend = { kind: 'spend', spend: 1850, carriedIn: 50 } as const;
  const entry = testEntry({
    total: 1850,
    why: [
      { kind: 'earned', rule: 'x', unit: stamps, amount: 1, because: { kind: 'visit' } },
      { kind: 'earned', rule: 'x', unit: points, amount: 19, because: spend },
    ],
  });

  test('names a sale by its amount, and says why it gave what it gave', () => {
    const [en, hu] = [testWords('en'), testWords('hu')];
    expect(plain(titleOf(entry, en))).toBe('Visit · 1,850 Ft');
    expect(plain(titleOf(entry, hu))).toBe('Látogatás · 1 850 Ft');
    expect(reasonsOf(entry, card, hu).map(plain)).toEqual([
      '1 pecsét a látogatásért',
      '19 pont 1 850 Ft és a korábbról maradt 50 Ft után',
    ]);
    expect(reasonsOf(entry, card, en).map(plain)).toEqual([
      '1 stamp for the visit',
      '19 points for 1,850 Ft and the 50 Ft left from before',
    ]);
  });

  test('addresses the customer as the business has chosen', () => {
    const enrolled = testEntry({ kind: 'enrolled' });
    expect(titleOf(enrolled, testWords('hu', 'te'))).toBe('Csatlakoztál');
    expect(titleOf(enrolled, testWords('hu', 'on'))).toBe('Csatlakozott');
  });

  test('tells a redemption, its return, and a kind that a later version invents', () => {
    const name = { en: 'A coffee', hu: 'Egy kávé' };
    const given = testEntry({ kind: 'redeemed', rewards: [{ reward: 'r', name, what: 'given' }] });
    expect(titleOf(given, testWords('hu'))).toBe('Beváltva: Egy kávé');
    const back = testEntry({ kind: 'voided', rewards: [{ reward: 'r', name, what: 'returned' }] });
    expect(reasonsOf(back, card, testWords('hu', 'on'))).toEqual(['Újra az Öné: Egy kávé']);
    expect(titleOf(testEntry({ kind: 'teleported' }), testWords('en'))).toBe('Changed');
  });
});

test('the join page says what the program gives', () => {
  expect(givesOf(card, testWords('en')).map(plain)).toEqual([
    expect.stringMatching(/^Collect 9 stamps and get: .+\.$/),
    '1 point for every 100 Ft you spend.',
    expect.stringMatching(/^For \d+ points: .+\.$/),
  ]);
  expect(givesOf(card, testWords('en'), false)).toHaveLength(2);
});
