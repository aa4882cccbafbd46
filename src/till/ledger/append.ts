import type { Event } from '../../protocol/event.ts';
import type { Timers } from '../ports.ts';
import { durably } from '../store/durably.ts';
import type { EventRow, LedgerDb, PatchRow } from '../store/ledgerDb.ts';
import type { OwnEntry } from './ownEntries.ts';
import type { Head, OwnLedger } from './ownLedger.ts';

/**
 * Rows built on a head, ready to be stored. `answer` makes what the caller wants back; it runs while the disk works, so
 * that it costs the counter no time.
 */
export interface Drafted<T> {
  readonly rows: readonly EventRow[];
  readonly events: readonly Event[];
  readonly patches: readonly PatchRow[];
  readonly answer: () => T;
}

export type Appended<T, R> =
  | { readonly ok: true; readonly answer: T; readonly entries: readonly OwnEntry[] }
  | { readonly ok: false; readonly because: 'refused'; readonly refusal: R }
  | { readonly ok: false; readonly because: 'storageFull' | 'storeLost' | 'notPaired' };

/** Other tabs can be faster now and then, never for ever. */
const ROUNDS = 50;

/**
 * Stores what `draft` builds on the head, in one strict transaction, and resolves after it has completed. Where another
 * tab was faster, its rows are read and `draft` runs again on the new head. `draft` is synchronous: ids, bytes and hashes
 * are ready before the transaction begins. It may refuse, and nothing is stored.
 */
export async function append<T, R>(
  db: LedgerDb,
  timers: Timers,
  own: OwnLedger,
  draft: (head: Head) => Drafted<T> | { readonly refusal: R },
): Promise<Appended<T, R>> {
  for (let round = 0; round < ROUNDS; round++) {
    if (own.head === null) return { ok: false, because: 'notPaired' };
    const drafted = draft(own.head);
    if ('refusal' in drafted) return { ok: false, because: 'refused', refusal: drafted.refusal };
    const { rows, events, patches, answer } = drafted;
    const storing = durably(db, timers, () => store(db, rows, patches));
    const stillPaired = isPaired(db);
    const answered = answer();
    const stored = await storing;
    if (stored.ok && !(await stillPaired)) {
      await durably(db, timers, () => take(db, rows, patches));
      return { ok: false, because: 'notPaired' };
    }
    if (stored.ok) return { ok: true, answer: answered, entries: own.stored(rows, events, patches) };
    if (stored.fault === 'full') return { ok: false, because: 'storageFull' };
    if (stored.fault === 'lost') return { ok: false, because: 'storeLost' };
    // Taken: by another tab, or by ourselves, when a connection died between the commit and its answer.
    const caughtUp = await durably(db, timers, () => own.catchUp());
    if (!caughtUp.ok) return { ok: false, because: 'storeLost' };
    // Whoever else caught up meanwhile (the sync loop, another tab's word) may have read our rows before us.
    const mine = events.map(({ id }) => own.entries.byId(id)).filter((entry) => entry !== null);
    if (events.length > 0 && mine.length === events.length) return { ok: true, answer: answered, entries: mine };
  }
  return { ok: false, because: 'storeLost' };
}

/**
 * Whether the till is still one, asked behind the storing (transactions begin in their order): another tab may have removed
 * it at that moment, and in an emptied ledger every number is free. Where the disk does not say, it is.
 */
async function isPaired(db: LedgerDb): Promise<boolean> {
  try {
    return (await db.meta.get('pairing')) !== undefined;
  } catch {
    return true;
  }
}

async function take(db: LedgerDb, rows: readonly EventRow[], patches: readonly PatchRow[]): Promise<void> {
  await db.events.bulkDelete(rows.map(({ n }) => n));
  await db.patches.bulkDelete(patches.map(({ n }) => n));
}

/** The key `n` is the check that the head has not moved: adding a taken one aborts the whole. */
async function store(db: LedgerDb, rows: readonly EventRow[], patches: readonly PatchRow[]): Promise<void> {
  const [row] = rows;
  if (row !== undefined && rows.length === 1 && patches.length === 0) {
    await db.events.add(row);
    return;
  }
  await db.transaction('rw', db.events, db.patches, async () => {
    if (rows.length > 0) await db.events.bulkAdd([...rows]);
    if (patches.length > 0) await db.patches.bulkAdd([...patches]);
  });
}
