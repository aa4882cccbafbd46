import { setTimeout as pause } from 'node:timers/promises';
import type { Deps } from '../deps.ts';
import { forNobody } from '../store/connection/context.ts';
import { endLease, takeLease } from '../store/leases.ts';

/** Where a process dies at its work, the next one waits for this long. */
const LEASE_MS = 60_000;
const RENEW_MS = 20_000;
const ASK_MS = 500;

/**
 * Runs a job while no other server process runs it; those that come meanwhile wait for their turn, and mostly find it done.
 * Jobs must bear being run twice at once all the same: a process may fall asleep for longer than its lease.
 */
export async function inTurn<T>(
  deps: Pick<Deps, 'db' | 'clock' | 'random' | 'config'>,
  job: string,
  run: () => Promise<T>,
): Promise<T> {
  // On SQLite there is one process, and none that a dead one could hold up.
  if (deps.config.database === null) return run();
  const holder = deps.random.id();
  const take = () => {
    const now = deps.clock.now();
    return forNobody(() => takeLease(deps.db, { job, holder, until: now + LEASE_MS }, now));
  };
  while (!(await take())) await pause(ASK_MS);
  const renewal = setInterval(() => void take().catch(() => false), RENEW_MS);
  try {
    return await run();
  } finally {
    clearInterval(renewal);
    await forNobody(() => endLease(deps.db, job, holder));
  }
}
