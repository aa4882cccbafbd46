import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import type { Deps } from './deps.ts';
import { failure } from './http/answers.ts';
import { RATES, type Rates } from './http/limiter.ts';
import { requestLog } from './http/requestLog.ts';
import { securityHeaders } from './http/security.ts';
import { createVerifier, type Verify } from './http/verifier.ts';
import type { HeadWatch } from './jobs/headWatch.ts';
import { createMetrics } from './metrics.ts';
import { cardRoutes } from './routes/card.ts';
import { demoRoutes } from './routes/demo.ts';
import { healthRoutes } from './routes/health.ts';
import { officeRoutes } from './routes/office.ts';
import { pairRoutes } from './routes/pair.ts';
import { setupRoutes } from './routes/setup.ts';
import { staticRoutes } from './routes/static.ts';
import { syncRoutes } from './routes/sync.ts';
import { forNobody } from './store/connection/context.ts';
import { isPassing } from './store/connection/passing.ts';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

export interface AppOptions {
  /** Folder of the built apps. */
  readonly dist?: string;
  readonly rates?: Rates;
  /** How signatures of devices are checked. */
  readonly verify?: Verify;
  /** Where there are several server processes. */
  readonly watch?: HeadWatch;
}

/** The whole server as one function from request to answer; it opens no port, so tests call it as it is. */
export function createApp(
  deps: Deps,
  { dist = DIST, rates = RATES, verify = createVerifier(), watch }: AppOptions = {},
): Hono {
  const metrics = createMetrics(deps, watch ?? null);
  const app = new Hono();
  // Each request finds out for itself for whom it works.
  app.use((_, next) => forNobody(next));
  app.use(requestLog(deps, metrics));
  app.use(securityHeaders(deps.config.publicUrl.startsWith('https:')));
  app.onError((error, c) => {
    if (isPassing(error)) {
      deps.log.error({ err: error }, 'the database was not to be had for a request');
      c.header('Retry-After', '1');
      return failure(c, deps.clock, 'unavailable', 'Not now; trying again is safe.');
    }
    deps.log.error({ err: error }, 'a request ended in an error');
    return failure(c, deps.clock, 'internal', 'Something went wrong here; trying again later is safe.');
  });
  app.notFound((c) => failure(c, deps.clock, 'notFound', 'There is nothing at this address.'));

  app.route('/', healthRoutes(deps, metrics));
  app.route('/', pairRoutes(deps, rates, verify));
  app.route('/', syncRoutes(deps, metrics, rates, verify));
  app.route('/', cardRoutes(deps));
  app.route('/', setupRoutes(deps));
  app.route('/', officeRoutes(deps, verify));
  app.route('/', demoRoutes(deps));
  app.route('/', staticRoutes(dist));
  return app;
}
