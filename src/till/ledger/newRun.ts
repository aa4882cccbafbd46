import { ZERO_HASH } from '../../protocol/hash.ts';
import { uuidV7 } from '../../protocol/ids.ts';
import type { TillPorts } from '../ports.ts';
import type { LedgerDb, RunStart } from '../store/ledgerDb.ts';
import type { OwnLedger } from './ownLedger.ts';

/** Begins a new run of this till, unless another tab has just done so. */
export async function beginNextRun(
  ports: Pick<TillPorts, 'now' | 'randomBytes'>,
  db: LedgerDb,
  own: OwnLedger,
): Promise<void> {
  const at = ports.now();
  await beginRun(db, own, uuidV7(at, ports.randomBytes(10)), at, own.head?.run ?? null);
}

/**
 * Begins a new run behind everything recorded so far: at pairing, and when the server holds events under our numbers that
 * we do not have (this storage was restored or copied). A number is never used twice.
 * @param run random id of the new run
 * @param only begin it only while this run is the last one; another tab may have done it already
 */
async function beginRun(db: LedgerDb, own: OwnLedger, run: string, at: number, only: string | null): Promise<void> {
  await db.transaction('rw', db.events, db.meta, async () => {
    const last = await db.events.orderBy('n').last();
    if ((last?.run ?? null) !== only) return;
    const n = (last?.n ?? 0) + 1;
    const stored = await db.meta.get('runs');
    const runs: readonly RunStart[] = stored?.key === 'runs' ? stored.value : [];
    await db.events.add({ n, run, seq: 0, hash: ZERO_HASH, bytes: '', at, offline: false });
    await db.meta.put({ key: 'runs', value: [...runs, { run, base: n }] });
  });
  if (own.head === null) await own.load(own.covered, {});
  else await own.catchUp();
}
