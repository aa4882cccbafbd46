import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, isCanonical } from './canonical.ts';

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.maxSafeInteger(),
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any')),
    fc.dictionary(fc.oneof(fc.string({ unit: 'binary' }), fc.nat().map(String)), tie('any')),
  ),
})).any;

describe('canonical', () => {
  it('sorts keys by code unit and writes no spaces', () => {
    expect(canonical({ b: 1, a: [true, null, 'é'], 10: 0, 9: 0, Z: {} })).toBe(
      '{"10":0,"9":0,"Z":{},"a":[true,null,"é"],"b":1}',
    );
  });

  it('says the same value and nothing else', () => {
    fc.assert(
      fc.property(value, (any) => {
        const text = canonical(any);
        expect(JSON.parse(text)).toEqual(any);
        expect(canonical(JSON.parse(text))).toBe(text);
        expect(isCanonical(JSON.parse(text), text)).toBe(true);
      }),
    );
  });

  it.each([1.5, -0, Number.NaN, 2 ** 53, undefined, { a: undefined }, new Date(0), new Map(), () => 0, 1n])(
    'has no form for %s',
    (any) => {
      expect(() => canonical(any)).toThrow(TypeError);
    },
  );

  it.each([
    '{"b":1,"a":2}',
    '{"a": 1}',
    '{"a":1.0}',
    '{"a":1e3}',
    '{"a":-0}',
    '{"a":1,"a":1}',
    '"\\u0061"',
    '{"9":0,"10":0}',
  ])('is not %s', (text) => {
    expect(isCanonical(JSON.parse(text), text)).toBe(false);
  });
});
