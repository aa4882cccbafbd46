import { describe, expect, it } from 'vitest';
import { plainDigits, type Key } from './wedgeKeys.ts';
import { wedge } from './wedge.ts';

const CARD = 'HTTPS://CARD.EXAMPLE/C/AB2Z7YQ';
const isCard = (text: string): boolean => text === CARD;

/** The keys that a scanner presses for a text, on a US keyboard. */
function keysOf(text: string): Key[] {
  const others: Record<string, [string, boolean]> = {
    ':': ['Semicolon', true],
    '/': ['Slash', false],
    '.': ['Period', false],
  };
  return [...text].map((key) => {
    const other = others[key];
    if (other) return { key, code: other[0], shiftKey: other[1] };
    if (/\d/.test(key)) return { key, code: `Digit${key}`, shiftKey: false };
    return { key, code: `Key${key.toUpperCase()}`, shiftKey: key !== key.toLowerCase() };
  });
}

function type(keys: readonly Key[], gap: number, check: (text: string) => boolean = isCard, end = 'Enter') {
  const scanner = wedge(check);
  let at = 1000;
  for (const key of keys) {
    if (key.shiftKey) scanner.key({ key: 'Shift', code: 'ShiftLeft', shiftKey: true }, at);
    expect(scanner.key(key, at)).toBeNull();
    at += gap;
  }
  return scanner.key({ key: end, code: end, shiftKey: false }, at);
}

describe('wedge', () => {
  it('reads a scanner at 10 ms a key, ended by Enter or Tab', () => {
    expect(type(keysOf(CARD), 10)).toEqual({ text: CARD, typed: CARD.length });
    expect(type(keysOf(CARD), 10, isCard, 'Tab')).toEqual({ text: CARD, typed: CARD.length });
  });

  it('leaves a person at 120 ms a key alone', () => {
    expect(type(keysOf(CARD), 120)).toBeNull();
  });

  it('leaves short texts alone', () => {
    expect(type(keysOf('AB2Z7'), 10)).toBeNull();
    expect(type(keysOf('AB2Z7Y'), 10)?.text).toBe('AB2Z7Y');
  });

  it('rebuilds the text from the keys on a Hungarian (QWERTZ) tablet', () => {
    const hungarian: Record<string, string> = { Y: 'Z', Z: 'Y', ':': 'É', '/': '-', '2': '2' };
    const keys = keysOf(CARD).map((key) => ({ ...key, key: hungarian[key.key] ?? key.key }));
    expect(type(keys, 10)?.text).toBe(CARD);
  });

  it('rebuilds it where the keys are unidentified or the digit row is shifted (AZERTY)', () => {
    const keys = keysOf(CARD).map((key) => ({
      ...key,
      key: /\d/.test(key.key) ? 'é' : key.key === 'Q' ? 'A' : key.key,
    }));
    expect(type(keys, 10)?.text).toBe(CARD);
    expect(
      type(
        keysOf(CARD).map((key) => ({ ...key, key: 'Unidentified' })),
        10,
      )?.text,
    ).toBe(CARD);
  });

  it('gives a foreign code as it was typed', () => {
    const keys = keysOf('HTTPS://WWW.YZ.HU').map((key) => ({
      ...key,
      key: key.key === 'Y' ? 'Z' : key.key === 'Z' ? 'Y' : key.key,
    }));
    expect(type(keys, 10)?.text).toBe('HTTPS://WWW.ZY.HU');
  });

  it('does not take what was typed before the scan into it', () => {
    const scanner = wedge(isCard);
    keysOf('12').forEach((key, index) => scanner.key(key, index * 150));
    keysOf(CARD).forEach((key, index) => scanner.key(key, 2000 + index * 10));
    expect(scanner.key({ key: 'Enter', code: 'Enter', shiftKey: false }, 2000 + CARD.length * 10)?.text).toBe(CARD);
  });

  it('reads two scans in a row', () => {
    const scanner = wedge(isCard);
    for (const start of [0, 1000]) {
      keysOf(CARD).forEach((key, index) => scanner.key(key, start + index * 10));
      expect(scanner.key({ key: 'Enter', code: 'Enter', shiftKey: false }, start + CARD.length * 10)?.text).toBe(CARD);
    }
  });
});

describe('plainDigits', () => {
  it('turns the digits of other scripts into 0 to 9', () => {
    expect(plainDigits('AB٠١٢٣٤٥٦٧٨٩C')).toBe('AB0123456789C');
    expect(plainDigits('۴۲ ४२ 42')).toBe('42 42 42');
  });
});
