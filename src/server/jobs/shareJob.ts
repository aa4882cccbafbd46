import type { Deps } from '../deps.ts';
import { listBusinesses } from '../store/businesses.ts';
import { forBusiness } from '../store/connection/context.ts';
import { forgetClosedPools, grantShares } from '../usecases/shares/grantShares.ts';

const EVERY_MS = 60_000;

/**
 * Grants, for every business, the shares of windows that come into reach. Each server process does so: what is due is
 * granted once, whoever comes first.
 */
export async function grantAllShares(deps: Pick<Deps, 'db' | 'clock' | 'random' | 'live'>): Promise<void> {
  for (const business of await listBusinesses(deps.db)) {
    await forBusiness(business, async () => {
      if ((await grantShares(deps, business)) > 0) await forgetClosedPools(deps, business);
    });
  }
}

/** Grants now and then, until the returned function is called. A failure is logged and tried again with the next round. */
export function startShareJob(deps: Deps): () => void {
  let running = false;
  const round = async () => {
    if (running) return;
    running = true;
    try {
      await grantAllShares(deps);
    } catch (error) {
      deps.log.error({ err: error }, 'granting shares failed');
    } finally {
      running = false;
    }
  };
  void round();
  const timer = setInterval(() => void round(), EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
