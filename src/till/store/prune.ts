import { Dexie } from 'dexie';
import type { Instant } from '../../loyalty/basics.ts';
import { isPoolForgotten } from '../../loyalty/limits/shares.ts';
import type { OwnLedger } from '../ledger/ownLedger.ts';
import type { CacheDb } from './cacheDb.ts';
import type { LedgerDb } from './ledgerDb.ts';

const DAY_MS = 24 * 3600 * 1000;
/** Own events stay at least this long, so that a server restored from a backup can have them again. */
const OWN_DAYS = 35;
const JOURNAL_DAYS = 40;
const JOURNAL_ROWS = 20_000;
/** At most so many in one go, so that a sale never waits behind it. */
const AT_ONCE = 500;

/**
 * Removes own events that are 35 days old, are part of the canonical states, and that the ledger holds even if this server
 * is lost; oldest first, and only without a gap. Those of an earlier pairing can be offered to nobody any more. The last row
 * stays for ever: it is the head.
 */
export async function pruneOwn(db: LedgerDb, own: OwnLedger, now: Instant): Promise<void> {
  const { durable } = own.acknowledged;
  const runs = new Set(own.runs.map(({ run }) => run));
  await db.transaction('rw', db.events, db.patches, async () => {
    const rows = await db.events.orderBy('n').limit(AT_ONCE).toArray();
    const last = own.head?.n ?? 0;
    const kept = rows.findIndex((row) => {
      const outlives = row.seq <= (durable[row.run] ?? 0) || !runs.has(row.run);
      return !outlives || !own.covers(row.n) || row.at > now - OWN_DAYS * DAY_MS || row.n >= last;
    });
    await db.events.bulkDelete(rows.slice(0, kept < 0 ? rows.length : kept).map((row) => row.n));
    const stored = own.acknowledged.patches;
    await db.patches
      .filter((row) => row.pseq <= (stored[row.run] ?? 0) && row.patch.at < now - OWN_DAYS * DAY_MS)
      .filter((row) => row.n < (own.head?.patchN ?? 0))
      .delete();
  });
}

/** Keeps the journal of all tills to about 40 days and 20,000 admissions. */
export async function pruneJournal(db: CacheDb, epoch: string, gseq: number, now: Instant): Promise<void> {
  const before = new Date(now - JOURNAL_DAYS * DAY_MS).toISOString().slice(0, 10);
  await db.transaction('rw', db.journal, async () => {
    await db.journal.where('day').below(before).limit(AT_ONCE).delete();
    await db.journal
      .where('[epoch+gseq]')
      .between([epoch, Dexie.minKey], [epoch, gseq - JOURNAL_ROWS], true, true)
      .limit(AT_ONCE)
      .delete();
  });
}

/** Forgets limits whose window has been over for long, by the same rule as the server. */
export async function prunePools(db: CacheDb, now: Instant): Promise<void> {
  const today = new Date(now).toISOString().slice(0, 10);
  await db.documents.filter(({ kind, id }) => kind === 'shares' && isPoolForgotten(id, today)).delete();
}
