import type { OwnEntries, OwnEntry } from '../ledger/ownEntries.ts';
import type { RecentEntry } from '../till.ts';

/** Customers in the strip. */
const SHOWN = 3;
const SERVED = new Set(['sale', 'redeemed', 'goodwill', 'goodwillReward', 'actionConfirmed', 'enrolled']);

/**
 * The last acts at this till, one per customer, newest first. Of a customer, the newest act that stands: when a reward
 * was taken back, the sale before it can still be undone from the strip.
 */
export function recentOf(own: OwnEntries, nameOf: (member: string) => string | null): readonly RecentEntry[] {
  const shown: RecentEntry[] = [];
  const places = new Map<string, number>();
  const newestFirst: OwnEntry[] = [...own.all()].slice(-40).toReversed();
  for (const { event } of newestFirst) {
    if (!SERVED.has(event.fact.kind)) continue;
    const key = event.member ?? event.id;
    const undone = own.isReversed(event.id);
    const place = places.get(key) ?? shown.length;
    if (place === SHOWN || (shown[place] && (!shown[place].undone || undone))) continue;
    places.set(key, place);
    shown[place] = {
      event: event.id,
      at: event.at,
      customer: event.member === null ? null : { member: event.member, name: nameOf(event.member) },
      fact: event.fact,
      effects: event.told,
      undone,
    };
  }
  return shown;
}
