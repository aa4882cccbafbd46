import { describe, expect, it } from 'vitest';
import type { Fact } from '../../loyalty/facts.ts';
import type { OwnEntries, OwnEntry } from '../ledger/ownEntries.ts';
import { recentOf } from './recent.ts';

const sale: Fact = { kind: 'sale', total: 900, lines: [], hour: 9, external: null };
const redeemed: Fact = { kind: 'redeemed', reward: 'gift', voucher: null, due: null, approvedBy: null };

function strip(
  acts: readonly (readonly [id: string, member: string | null, fact: Fact])[],
  reversed: readonly string[],
) {
  const entries = acts.map(
    ([id, member, fact]) => ({ event: { id, member, fact, at: 0, told: [] } }) as unknown as OwnEntry,
  );
  const own = { all: () => entries, isReversed: (id: string) => reversed.includes(id) } as unknown as OwnEntries;
  return recentOf(own, (member) => member).map((entry) => (entry.undone ? `-${entry.event}` : entry.event));
}

describe('recentOf', () => {
  it('keeps one act per customer, newest first, and sales without a card each for itself', () => {
    const acts = [
      ['a', 'nora', sale],
      ['b', null, sale],
      ['c', null, sale],
      ['d', 'nora', redeemed],
    ] as const;
    expect(strip(acts, [])).toEqual(['d', 'c', 'b']);
  });

  it('shows the sale again when the reward after it was taken back', () => {
    const acts = [
      ['a', 'nora', sale],
      ['b', 'nora', redeemed],
      ['c', 'agi', sale],
    ] as const;
    expect(strip(acts, ['b'])).toEqual(['c', 'a']);
    expect(strip(acts, ['a', 'b'])).toEqual(['c', '-b']);
  });

  it('is full with three', () => {
    const acts = ['a', 'b', 'c', 'd'].map((id) => [id, id, sale] as const);
    expect(strip(acts, [])).toEqual(['d', 'c', 'b']);
  });
});
