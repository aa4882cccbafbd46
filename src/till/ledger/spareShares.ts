import type { Instant } from '../../loyalty/basics.ts';
import { accountOf, leftOf, readPool, type SharePool } from '../../loyalty/limits/shares.ts';
import type { SharesLeft } from '../../loyalty/decision.ts';
import type { OwnEntry } from './ownEntries.ts';

const MINUTE_MS = 60_000;
/** Between two releases of one pool: what was released needs a moment to get where it is wanted. */
const PAUSE_MS = 10 * MINUTE_MS;
/** What came back to us so often is wanted nowhere else. */
const MOST_TIMES = 3;

export interface Spare {
  readonly share: string;
  readonly n: number;
}

/**
 * What this till can do without: half of what it has left, where another till in use has run out.
 * @param devices the other tills that are not revoked
 * @param released own releases that are remembered
 */
export function spareShares(
  shares: SharesLeft,
  poolNamed: (pool: string) => SharePool | undefined,
  devices: readonly string[],
  released: readonly OwnEntry[],
  now: Instant,
): readonly Spare[] {
  return Object.entries(shares).flatMap(([pool, { share, left }]) => {
    const known = poolNamed(pool);
    const n = Math.floor(left / 2);
    if (n === 0 || known === undefined || readPool(pool)?.per !== 'business') return [];
    const wanted = devices.some((device) => leftOf(pool, accountOf(known, device), 0) <= 0);
    const before = released.filter(({ event: { fact } }) => fact.kind === 'shareReleased' && fact.share === share);
    const last = before.at(-1)?.at ?? null;
    const tired = before.length >= MOST_TIMES || (last !== null && Math.abs(now - last) < PAUSE_MS);
    return wanted && !tired ? [{ share, n }] : [];
  });
}
