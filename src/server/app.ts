import { Hono } from 'hono';
import type { Deps } from './deps.ts';
import { failure } from './http/answers.ts';
import { requestLog } from './http/requestLog.ts';
import { securityHeaders } from './http/security.ts';
import { createMetrics } from './metrics.ts';
import { cardRoutes } from './routes/card.ts';
import { healthRoutes } from './routes/health.ts';
import { officeRoutes } from './routes/office.ts';
import { setupRoutes } from './routes/setup.ts';

/** The whole server as one function from request to answer; it opens no port, so tests call it as it is. */
export function createApp(deps: Deps): Hono {
  const metrics = createMetrics(deps.live);
  const app = new Hono();
  app.use(requestLog(deps, metrics));
  app.use(securityHeaders(deps.config.publicUrl.startsWith('https:')));
  app.onError((error, c) => {
    deps.log.error({ err: error }, 'a request ended in an error');
    return failure(c, deps.clock, 'internal', 'Something went wrong here; trying again later is safe.');
  });
  app.notFound((c) => failure(c, deps.clock, 'notFound', 'There is nothing at this address.'));

  app.route('/', healthRoutes(deps, metrics));
  app.route('/', cardRoutes(deps));
  app.route('/', officeRoutes(deps));
  app.route('/', setupRoutes(deps));
  return app;
}
