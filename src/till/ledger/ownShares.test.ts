import { expect, test } from 'vitest';
import type { Effect } from '../../loyalty/effects.ts';
import type { Fact } from '../../loyalty/facts.ts';
import type { Event } from '../../protocol/event.ts';
import { OwnEntries, type OwnEntry } from './ownEntries.ts';
import { pendingShares } from './ownShares.ts';

const SHARE = 'reward:x/business/day/2026-03-02/bar';
const moved = (move: 'used' | 'returned' | 'released'): Effect => ({
  rule: 'fact',
  kind: 'share',
  share: SHARE,
  move,
  n: 1,
});
const voids = (target: string): Fact => ({ kind: 'voided', target, reason: null });
const redeemed: Fact = { kind: 'redeemed', reward: 'x', voucher: null, due: null, approvedBy: null, shares: [SHARE] };

function ledger(events: readonly (readonly [id: string, Fact, readonly Effect[]])[], through: number) {
  const entries = new OwnEntries();
  events.forEach(([id, fact, told], at) => {
    const event = { id, fact, told, member: 'm' } as unknown as Event;
    entries.add({ n: at + 1, run: 'r', seq: at + 1, hash: '', at: 0, offline: true, event } satisfies OwnEntry);
  });
  return { entries, covers: (n: number) => n <= through };
}

const use = ['u', redeemed, [moved('used')]] as const;
const back = ['v', voids('u'), [moved('returned')]] as const;

test('what the pools include is not counted once more', () => {
  expect(pendingShares(ledger([use, ['w', redeemed, [moved('used')]]], 1))).toEqual([moved('used')]);
  expect(pendingShares(ledger([use], 1))).toEqual([]);
});

test('a use and its void that the server knows neither of cancel each other', () => {
  expect(pendingShares(ledger([use, back], 0)).map((effect) => effect.move)).toEqual(['used', 'returned']);
});

test('a use that the server knows comes back when the server has booked its void, not before', () => {
  expect(pendingShares(ledger([use, back], 1))).toEqual([]);
});

test('forgets what was dropped, and keeps the order', () => {
  const own = ledger([use, ['o', { kind: 'shareReleased', share: SHARE, n: 1 }, [moved('released')]]], 0);
  own.entries.drop(
    (entry) => entry.n > 1,
    () => false,
  );
  expect(pendingShares(own).map((effect) => effect.move)).toEqual(['released']);
});
