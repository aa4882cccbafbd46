import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { factSchema } from '../../src/protocol/schemas/factSchema.ts';
import { eventHash, ZERO_HASH } from '../../src/protocol/hash.ts';
import { readEvent } from '../../src/server/ledger/readEvent.ts';

/** Events as the first version wrote them. They are accepted for ever: a failing line is a broken promise, not an old test. */
const golden = readFileSync(new URL('golden/event-v1.ndjson', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as { bytes: string; hash: string });

describe('events of version 1', () => {
  it('are fifteen, of every kind of fact, and chained', () => {
    expect(golden).toHaveLength(15);
    let before = ZERO_HASH;
    for (const { bytes, hash } of golden) {
      expect((JSON.parse(bytes) as { prev: string }).prev).toBe(before);
      before = hash;
    }
  });

  it.each(golden)('$hash is still read, and still has this hash', ({ bytes, hash }) => {
    const { device } = JSON.parse(bytes) as { device: string };
    const reading = readEvent(bytes, { business: 'golden-shop', device, run: 'run-1' });
    expect(reading).toMatchObject({ ok: true, hash, bytes });
    expect(eventHash(bytes)).toBe(hash);
    const { fact } = JSON.parse(bytes) as { fact: unknown };
    // Nothing of the fact is lost on the way through the schema.
    expect(factSchema.parse(fact)).toEqual(fact);
  });
});
