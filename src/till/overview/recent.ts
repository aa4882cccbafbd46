import type { OwnEntry, OwnLedger } from '../ledger/ownLedger.ts';
import type { RecentEntry } from '../till.ts';

/** Customers in the strip. */
const SHOWN = 3;
const SERVED = new Set(['sale', 'redeemed', 'goodwill', 'goodwillReward', 'actionConfirmed', 'enrolled']);

/** The last acts at this till, one per customer, newest first. */
export function recentOf(own: OwnLedger, nameOf: (member: string) => string | null): readonly RecentEntry[] {
  const shown: RecentEntry[] = [];
  const seen = new Set<string>();
  const newestFirst: OwnEntry[] = [...own.entries()].slice(-40).toReversed();
  for (const { event } of newestFirst) {
    if (!SERVED.has(event.fact.kind)) continue;
    const key = event.member ?? event.id;
    if (seen.has(key)) continue;
    seen.add(key);
    shown.push({
      event: event.id,
      at: event.at,
      customer: event.member === null ? null : { member: event.member, name: nameOf(event.member) },
      fact: event.fact,
      effects: event.told,
      undone: own.isReversed(event.id),
    });
    if (shown.length === SHOWN) break;
  }
  return shown;
}
