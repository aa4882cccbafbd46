/** Something of a business was committed; whoever shows it may want to pull. Never carries data, so a lost one costs time only. */
interface Moved {
  /** Members whose state or profile changed; empty where only documents of the shop did. */
  readonly members: readonly string[];
}

export interface LiveHub {
  /** Call after the commit, never inside the transaction. */
  readonly moved: (business: string, what: Moved) => void;
  /** Returns how to stop listening. A listener must not throw. */
  readonly subscribe: (business: string, listener: (what: Moved) => void) => () => void;
  readonly listeners: () => number;
  /** Who is listened to in this process. */
  readonly businesses: () => readonly string[];
}

/**
 * The hub of one server process. What other processes commit, `jobs/headWatch.ts` tells it; and tills poll as well, so a
 * hint that is lost costs seconds.
 */
export function createLiveHub(): LiveHub {
  const byBusiness = new Map<string, Set<(what: Moved) => void>>();
  return {
    moved: (business, what) => {
      for (const listener of byBusiness.get(business) ?? []) listener(what);
    },
    subscribe: (business, listener) => {
      const listeners = byBusiness.get(business) ?? new Set();
      byBusiness.set(business, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && byBusiness.get(business) === listeners) byBusiness.delete(business);
      };
    },
    businesses: () => [...byBusiness.keys()],
    listeners: () => [...byBusiness.values()].reduce((sum, set) => sum + set.size, 0),
  };
}
