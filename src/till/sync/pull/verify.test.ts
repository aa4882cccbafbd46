import { expect, test } from 'vitest';
import type { Admitted } from '../../../protocol/event.ts';
import { chainHash, eventHash, ZERO_HASH } from '../../../protocol/hash.ts';
import { chainAfter } from './verify.ts';

function ledger(texts: readonly string[]): Admitted[] {
  let chain = ZERO_HASH;
  return texts.map((bytes, at) => {
    const hash = eventHash(bytes);
    chain = chainHash(chain, hash);
    return { gseq: at + 1, chain, hash, receivedAt: 0, day: '2026-03-10', member: null, booked: [], flags: [], bytes };
  });
}

const BEGIN = { gseq: 0, chain: ZERO_HASH };

test('what follows the cursor gives the cursor after it', () => {
  const [one, two, three] = ledger(['a', 'b', 'c']);
  if (one === undefined || two === undefined || three === undefined) throw new Error('three were made');
  expect(chainAfter(BEGIN, [one, two, three])).toEqual({ gseq: 3, chain: three.chain });
  expect(chainAfter({ gseq: 1, chain: one.chain }, [two, three])).toEqual({ gseq: 3, chain: three.chain });
  expect(chainAfter(BEGIN, [])).toEqual(BEGIN);
});

test('a gap, other bytes, another hash or another chain fit nowhere', () => {
  const [one, two] = ledger(['a', 'b']);
  if (one === undefined || two === undefined) throw new Error('two were made');
  const wrong: readonly (readonly Admitted[])[] = [
    [two],
    [two, one],
    [{ ...one, bytes: 'A' }],
    [{ ...one, bytes: 'A', hash: eventHash('A') }],
    [one, { ...two, chain: one.chain }],
    [one, { ...two, gseq: 3 }],
  ];
  for (const admitted of wrong) expect(chainAfter(BEGIN, admitted)).toBeNull();
});
