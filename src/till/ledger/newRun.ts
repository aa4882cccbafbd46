import { ZERO_HASH } from '../../protocol/hash.ts';
import { uuidV7 } from '../../protocol/ids.ts';
import type { TillPorts } from '../ports.ts';
import type { Acknowledged, LedgerDb, RunStart } from '../store/ledgerDb.ts';
import type { OwnLedger } from './ownLedger.ts';

/** Begins a new run of this till, unless another tab has just done so. */
export async function beginNextRun(
  ports: Pick<TillPorts, 'now' | 'randomBytes'>,
  db: LedgerDb,
  own: OwnLedger,
): Promise<void> {
  await beginRun(ports, db, own, (runs) => runs);
}

/**
 * Begins the first run of a pairing. Runs that the server has stored whole are done with: it knows them under the device that
 * this till was before, and would take them for another till's.
 */
export async function beginPairedRun(
  ports: Pick<TillPorts, 'now' | 'randomBytes'>,
  db: LedgerDb,
  own: OwnLedger,
): Promise<void> {
  await beginRun(ports, db, own, (runs, acknowledged, n) => {
    const isUnsent = ({ run, base }: RunStart, at: number) =>
      (runs[at + 1]?.base ?? n) - 1 - base > (acknowledged[run] ?? 0);
    const first = runs.findIndex(isUnsent);
    return first < 0 ? [] : runs.slice(first);
  });
}

/**
 * Begins a new run behind everything recorded so far: at pairing, and when the server holds events under our numbers that
 * we do not have (this storage was restored or copied). A number is never used twice.
 * @param keep which of the runs so far are still of this till, from what the server has stored of each and the row that the
 * new run begins with
 */
async function beginRun(
  ports: Pick<TillPorts, 'now' | 'randomBytes'>,
  db: LedgerDb,
  own: OwnLedger,
  keep: (runs: readonly RunStart[], acknowledged: Acknowledged['events'], n: number) => readonly RunStart[],
): Promise<void> {
  const at = ports.now();
  const run = uuidV7(at, ports.randomBytes(10));
  const only = own.head?.run ?? null;
  await db.transaction('rw', db.events, db.meta, async () => {
    const last = await db.events.orderBy('n').last();
    // Another tab may have done it already.
    if ((last?.run ?? null) !== only) return;
    const n = (last?.n ?? 0) + 1;
    const [stored, told] = await db.meta.bulkGet(['runs', 'acknowledged']);
    const runs = stored?.key === 'runs' ? stored.value : [];
    const acknowledged = told?.key === 'acknowledged' ? told.value.events : {};
    await db.events.add({ n, run, seq: 0, hash: ZERO_HASH, bytes: '', at, offline: false });
    await db.meta.put({ key: 'runs', value: [...keep(runs, acknowledged, n), { run, base: n }] });
  });
  if (own.head === null) await own.load(own.covered, {});
  else await own.catchUp();
}
