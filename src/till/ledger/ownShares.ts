import type { ShareEffect } from '../../loyalty/limits/shares.ts';
import { shareEffects } from '../../loyalty/limits/shareUse.ts';
import type { OwnLedger } from './ownLedger.ts';

/**
 * What this till did with shares that the pools do not include yet. A use that was taken back counts as given back at once only
 * where the server knows of neither: another till may have taken the same sale back, and a share must not come back twice.
 */
export function pendingShares(own: Pick<OwnLedger, 'entries' | 'covers'>): readonly ShareEffect[] {
  const pending = own.entries.sharing.filter((entry) => !own.covers(entry.n));
  const ids = new Set(pending.map((entry) => entry.event.id));
  return pending.flatMap(({ event: { fact, told } }) => {
    const isKnown = fact.kind === 'voided' && !ids.has(fact.target);
    return shareEffects(told).filter(({ move }) => !(isKnown && move === 'returned'));
  });
}
