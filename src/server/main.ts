import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import process from 'node:process';
import { serve } from '@hono/node-server';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { createDeps } from './createDeps.ts';
import { firstStart } from './firstStart.ts';
import { retryQuarantine } from './usecases/retryQuarantine.ts';

/** Composition root: settings, parts, app, port. */
const read = readConfig(process.env);
if (!read.ok) {
  process.stderr.write(`Regulars cannot start:\n${read.problems.map((problem) => `  - ${problem}\n`).join('')}`);
  process.exit(1);
}
const { config } = read;
const deps = await createDeps(config);
const lines = await firstStart(deps);
const freed = await retryQuarantine(deps);
if (freed > 0) deps.log.info({ events: freed }, 'events came out of quarantine');
const secure = config.tls && {
  createServer,
  serverOptions: { cert: readFileSync(config.tls.cert), key: readFileSync(config.tls.key) },
};
const server = serve({ fetch: createApp(deps).fetch, port: config.port, hostname: config.host, ...secure }, () => {
  deps.log.info({ mode: config.mode, address: config.publicUrl }, 'Regulars is ready');
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close(() => {
      void deps.db.destroy().then(() => process.exit(0));
    });
    // Live connections stay open for ever; requests get a moment to end.
    if ('closeAllConnections' in server) setTimeout(() => server.closeAllConnections(), 1000).unref();
  });
}
