import { expect, test } from 'vitest';
import type { SharesLeft } from '../../loyalty/decision.ts';
import type { SharePool } from '../../loyalty/limits/shares.ts';
import type { Event } from '../../protocol/event.ts';
import type { OwnEntry } from './ownEntries.ts';
import { spareShares } from './spareShares.ts';

const POOL = 'reward:x/business/day/2026-03-02';
const NOW = Date.UTC(2026, 2, 2, 12);
const account = (granted: number, used: number) => ({ granted, used, released: 0 });
const pool = (door: { granted: number; used: number; released: number } | null): SharePool => ({
  id: POOL,
  accounts: { bar: account(9, 0), ...(door && { door }) },
});
const left = (n: number, name = POOL): SharesLeft => ({ [name]: { share: `${name}/bar`, left: n, elsewhere: 0 } });
const releasedAt = (at: number) =>
  ({ at, event: { fact: { kind: 'shareReleased', share: `${POOL}/bar`, n: 1 } } as Event }) as OwnEntry;
const spare = (n: number, known: SharePool, before: readonly number[] = [], name = POOL) =>
  spareShares(
    left(n, name),
    (id) => (id === known.id || name !== POOL ? known : undefined),
    ['door'],
    before.map(releasedAt),
    NOW,
  );

test('gives half where another has run out, and keeps the last one', () => {
  expect(spare(9, pool(account(3, 3)))).toEqual([{ share: `${POOL}/bar`, n: 4 }]);
  expect(spare(9, pool(null))).toEqual([{ share: `${POOL}/bar`, n: 4 }]);
  expect(spare(1, pool(account(3, 3)))).toEqual([]);
});

test('gives nothing where the others have some, or of a limit that each till has for itself', () => {
  expect(spare(9, pool(account(3, 2)))).toEqual([]);
  expect(spare(9, pool(account(0, 5)), [], 'reward:x/device/day/2026-03-02')).toEqual([]);
});

test('waits between two times, whichever way the clock went, and stops where it keeps coming back', () => {
  const minutes = (n: number) => NOW - n * 60_000;
  expect(spare(9, pool(account(3, 3)), [minutes(5)])).toEqual([]);
  expect(spare(9, pool(account(3, 3)), [minutes(-5)])).toEqual([]);
  expect(spare(9, pool(account(3, 3)), [minutes(11)])).toHaveLength(1);
  expect(spare(9, pool(account(3, 3)), [minutes(50), minutes(40), minutes(30)])).toEqual([]);
});
