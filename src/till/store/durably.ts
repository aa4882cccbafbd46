import type { Dexie } from 'dexie';
import type { Timers } from '../ports.ts';
import { storeFaultOf } from './storeError.ts';

/** Waits before opening again, in ms: three tries. */
const PAUSES = [0, 250, 1000];

export type Durable<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: 'full' | 'lost' | 'taken' };

/**
 * Runs one transaction, and again over a fresh connection when the browser has dropped it. `run` must be idempotent: a
 * connection can die after the commit and before its answer.
 * @throws what is a mistake of the program
 */
export async function durably<T>(db: Dexie, timers: Timers, run: () => Promise<T>): Promise<Durable<T>> {
  for (let round = 0; ; round++) {
    try {
      return { ok: true, value: await run() };
    } catch (error) {
      const fault = storeFaultOf(error);
      if (fault === 'bug') throw error;
      if (fault !== 'lost') return { ok: false, fault };
      const pause = PAUSES[round];
      if (pause === undefined) return { ok: false, fault };
      await new Promise<void>((resolve) => timers.after(pause, resolve));
      await reopen(db);
    }
  }
}

async function reopen(db: Dexie): Promise<void> {
  db.close({ disableAutoOpen: false });
  try {
    await db.open();
  } catch {
    // The next round finds out, or gives up.
  }
}
