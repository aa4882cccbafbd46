import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { uuidV7 } from '../protocol/ids.ts';
import type { Config } from './config.ts';
import type { Deps, Random } from './deps.ts';
import { createLiveHub } from './live.ts';
import { ensureEpoch } from './store/epoch.ts';
import { openStore } from './store/open.ts';

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
    log: pino({
      level: config.logLevel,
      // Nothing personal is logged on purpose; this catches what slips in.
      redact: {
        paths: [
          'name',
          'phone',
          'email',
          'birthday',
          'password',
          'pin',
          'code',
          'token',
          '*.name',
          '*.phone',
          '*.email',
        ].concat(['*.birthday', '*.password', '*.pin', '*.token', 'headers', '*.headers', 'body', '*.body']),
        censor: '[redacted]',
      },
    }),
    live: createLiveHub(),
    turn: () => new Promise((resolve) => setImmediate(resolve)),
  };
}
