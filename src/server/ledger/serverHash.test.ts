import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { chainHash, hashText, ZERO_HASH } from '../../protocol/hash.ts';
import { serverHash } from './serverHash.ts';

it('is the hash of the protocol', () => {
  expect(serverHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(serverHash(text)).toBe(hashText(text));
    }),
  );
  expect(serverHash(ZERO_HASH + ZERO_HASH)).toBe(chainHash(ZERO_HASH, ZERO_HASH));
});
