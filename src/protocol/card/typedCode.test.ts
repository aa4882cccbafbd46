import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTypedCode, spacedTypedCode, typedCodeOf } from './typedCode.ts';

const SYMBOLS = [...'23456789ABCDEFGHJKMNPQRSTUVWXYZ'];
const cardIds = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex'));

test('leads back to the first 52 bits of the card id, however it is typed', () => {
  fc.assert(
    fc.property(cardIds, (cardId) => {
      const code = typedCodeOf(cardId);
      expect(code).toHaveLength(12);
      for (const typed of [code, spacedTypedCode(code), code.toLowerCase(), ` ${code.slice(0, 4)}-${code.slice(4)} `]) {
        expect(readTypedCode(typed)).toEqual({ ok: true, prefix: cardId.slice(0, 13) });
      }
    }),
  );
  expect(spacedTypedCode('7H3K9QX2M4TD')).toBe('7H3K 9QX2 M4TD');
});

test('every single wrong symbol and every swap of two is caught', () => {
  fc.assert(
    fc.property(cardIds, (cardId) => {
      const code = [...typedCodeOf(cardId)];
      for (let i = 0; i < code.length; i += 1) {
        for (const symbol of SYMBOLS) {
          if (symbol !== code[i])
            expect(readTypedCode(code.with(i, symbol).join(''))).toEqual({ ok: false, reason: 'check' });
        }
        for (let j = 0; j < i; j += 1) {
          if (code[i] === code[j]) continue;
          const swapped = code.with(i, code[j] ?? '').with(j, code[i] ?? '');
          expect(readTypedCode(swapped.join(''))).toEqual({ ok: false, reason: 'check' });
        }
      }
    }),
    { numRuns: 20 },
  );
});

test('what cannot be a code says why', () => {
  expect(readTypedCode('7H3K')).toEqual({ ok: false, reason: 'length' });
  expect(readTypedCode('7H3K 9QX2 M4T0')).toEqual({ ok: false, reason: 'symbol' });
  expect(readTypedCode('')).toEqual({ ok: false, reason: 'length' });
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => readTypedCode(text).ok !== undefined));
});
