import { accountOf, leftOf, type SharePool } from './shares.ts';

/** What one device gets of a pool. */
export interface Grant {
  readonly device: string;
  readonly n: number;
}

/**
 * Divides what of `n` nobody holds yet, so that all have the same left as far as it goes; who comes first in `devices` gets what
 * can't be divided. What was granted is out until its device itself releases it, so the sum never exceeds `n`, whatever was
 * lost with a tablet.
 */
export function planGrants(pool: SharePool, n: number, devices: readonly string[]): readonly Grant[] {
  const free = n - outOf(pool);
  if (free <= 0 || devices.length === 0) return [];
  const having = devices
    .map((device, order) => ({ device, order, left: Math.max(0, leftOf(pool.id, accountOf(pool, device), 0)) }))
    .sort((a, b) => a.left - b.left || a.order - b.order);
  let level = having[0]?.left ?? 0;
  let rest = free;
  let count = 1;
  // Fills the lowest up to the next one, then those two up to the third, as water would.
  for (; count < having.length; count += 1) {
    const need = ((having[count]?.left ?? 0) - level) * count;
    if (need > rest) break;
    rest -= need;
    level = having[count]?.left ?? level;
  }
  const each = Math.floor(rest / count);
  const more = rest - each * count;
  return having
    .slice(0, count)
    .map(({ device, left }, index) => ({ device, n: level + each - left + (index < more ? 1 : 0) }))
    .filter((grant) => grant.n > 0);
}

/** What of a pool is given out or can still be, as far as anybody knows. */
function outOf({ accounts }: SharePool): number {
  let sum = 0;
  for (const { granted, used, released } of Object.values(accounts)) {
    // A release never frees what was used or what was never granted, whatever a broken or copied till says.
    sum += Math.max(granted - Math.max(0, released), used, 0);
  }
  return sum;
}
