import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import process from 'node:process';
import { serve } from '@hono/node-server';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { createDeps } from './createDeps.ts';
import { firstStart } from './firstStart.ts';
import { inTurn } from './jobs/inTurn.ts';
import { startHeadWatch } from './jobs/headWatch.ts';
import { startShareJob } from './jobs/shareJob.ts';
import { startProblem } from './startProblem.ts';
import { retryQuarantine } from './usecases/retryQuarantine.ts';

/** Composition root: settings, parts, app, port. */
const read = readConfig(process.env);
if (!read.ok) cannotStart(read.problems);
const { config } = read;
const giveUp = (error: unknown): never => cannotStart([startProblem(error, config)]);
process.once('uncaughtException', giveUp);

const secure = config.tls && {
  createServer,
  serverOptions: { cert: readFileSync(config.tls.cert), key: readFileSync(config.tls.key) },
};
const deps = await createDeps(config).catch(giveUp);
const lines = await firstStart(deps);
// Beside the tills' pushes, which need not wait for it.
void inTurn(deps, 'quarantine', () => retryQuarantine(deps)).then(
  (freed) => freed > 0 && deps.log.info({ events: freed }, 'events came out of quarantine'),
  (error: unknown) => deps.log.error({ err: error }, 'trying the quarantine again failed'),
);
const stopGranting = startShareJob(deps);
// SQLite has one server process: there are no others to watch.
const watch = config.database === null ? null : startHeadWatch(deps);
const server = serve(
  { fetch: createApp(deps, { ...(watch && { watch }) }).fetch, port: config.port, hostname: config.host, ...secure },
  () => {
    process.off('uncaughtException', giveUp);
    deps.log.info({ mode: config.mode, address: config.publicUrl }, 'Regulars is ready');
    process.stdout.write(`\n${lines.join('\n')}\n\n`);
  },
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stopGranting();
    watch?.stop();
    server.close(() => {
      void deps.db.destroy().then(() => process.exit(0));
    });
    // Live connections stay open for ever; requests get a moment to end.
    if ('closeAllConnections' in server) setTimeout(() => server.closeAllConnections(), 1000).unref();
  });
}

function cannotStart(problems: readonly string[]): never {
  process.stderr.write(`Regulars cannot start:\n${problems.map((problem) => `  - ${problem}\n`).join('')}`);
  process.exit(1);
}
