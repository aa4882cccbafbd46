import { randomBytes } from 'node:crypto';
import { uuidV7 } from '../protocol/ids.ts';
import type { Config } from './config.ts';
import type { Deps, Random } from './deps.ts';
import { createLiveHub } from './live.ts';
import { createLog } from './log.ts';
import { ensureEpoch } from './store/epoch.ts';
import { openStore } from './store/connection/open.ts';

/** Makes the real world's parts: database, clock, randomness, log. Tests may bring a database of their own. */
export async function createDeps(config: Config, open: typeof openStore = openStore): Promise<Deps> {
  const db = await open(config);
  const random: Random = {
    bytes: (n) => new Uint8Array(randomBytes(n)),
    id: () => uuidV7(Date.now(), new Uint8Array(randomBytes(10))),
  };
  await ensureEpoch(db, random.id());
  return {
    config,
    db,
    clock: { now: () => Date.now() },
    random,
    log: createLog(config),
    live: createLiveHub(),
    turn: () => new Promise((resolve) => setImmediate(resolve)),
  };
}
