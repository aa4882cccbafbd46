import { canonical } from '../../../protocol/canonical.ts';
import { hashText } from '../../../protocol/hash.ts';
import type { EventRow, LedgerDb, RunStart } from '../../store/ledgerDb.ts';

/**
 * The rows of a run from one `n` through another, as they were read. Where the first of them were pruned (a backup held
 * them, and then the server was restored from an older one), something stands for them that the server cannot read: it keeps
 * that, and what comes behind has its place. Without it nothing that this till records would ever arrive again.
 */
export async function withoutGaps(
  db: LedgerDb,
  { run, base }: RunStart,
  rows: readonly EventRow[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly EventRow[]> {
  if (rows.length === to - from + 1) return rows;
  // Pruning takes the oldest and leaves the last: what is missing behind the first row was lost in another way.
  const first = (await db.events.orderBy('n').first())?.n ?? 0;
  const gone = Array.from({ length: Math.max(0, Math.min(first, to + 1) - from) }, (_, at) => from + at);
  return [...gone.map((n) => goneAt(run, n, n - base)), ...rows];
}

function goneAt(run: string, n: number, seq: number): EventRow {
  const bytes = canonical({ gone: true, run, seq });
  return { n, run, seq, hash: hashText(bytes), bytes, at: 0, offline: false };
}
