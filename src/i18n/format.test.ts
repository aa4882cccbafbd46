import { describe, expect, it } from 'vitest';
import { chooseLanguage, createFormat, percentOf, textIn } from './format.ts';

const hu = createFormat('hu');
const en = createFormat('en');
const HUF = { currency: 'HUF', scale: 0 };
const EUR = { currency: 'EUR', scale: 2 };
const plain = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ');

describe('money', () => {
  it('groups forints always, below ten thousand too', () => {
    expect(plain(hu.money(2400, HUF))).toBe('2 400 Ft');
    expect(plain(hu.money(1234567, HUF))).toBe('1 234 567 Ft');
    expect(plain(en.money(2400, HUF))).toBe('2,400 Ft');
  });

  it('writes cents where the currency has them', () => {
    expect(plain(hu.money(123450, EUR))).toBe('1 234,50 EUR');
    expect(en.money(123450, EUR)).toBe('€1,234.50');
  });

  it('floors a percentage of forints', () => {
    expect(percentOf(1295, 10)).toBe(129);
  });
});

describe('time', () => {
  it('says ages in words that stand alone', () => {
    expect([hu.age(38 * 60_000), hu.age(3 * 3_600_000), hu.age(60 * 3_600_000)]).toEqual([
      '38 perce',
      '3 órája',
      '2 napja',
    ]);
    expect([en.age(5_000), en.age(38 * 60_000)]).toEqual(['1 min', '38 min']);
    expect([hu.ago(2_000), en.ago(120_000)]).toEqual(['az imént', '2 min ago']);
  });

  it('counts down to zero and not below', () => {
    expect([hu.countdown(300_000), hu.countdown(296_400), hu.countdown(-5)]).toEqual(['5:00', '4:57', '0:00']);
  });

  it('writes days', () => {
    expect(hu.day('2026-11-30')).toBe('nov. 30.');
    expect(hu.untilDay('2026-11-30')).toBe('nov. 30-ig');
    expect(en.untilDay('2026-11-30')).toBe('until 30 Nov');
  });
});

it('floors progress, so that 100 % is only said of what is complete', () => {
  expect(en.percent(999, 1000)).toBe('99%');
});

it('falls back from language to business to anything', () => {
  expect(textIn({ hu: 'Kávé' }, 'en', 'hu')).toBe('Kávé');
  expect(textIn({ de: 'Kaffee' }, 'en', 'hu')).toBe('Kaffee');
  expect(chooseLanguage([null, 'de-AT', 'hu-HU', 'en'])).toBe('hu');
});
