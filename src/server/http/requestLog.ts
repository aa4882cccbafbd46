import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Deps } from '../deps.ts';
import type { Metrics } from '../metrics.ts';

/**
 * One line per request: method, the route's pattern, status, time. Never the path itself or the query, since a card's
 * link is a secret and ids tell who was where.
 */
export function requestLog(deps: Pick<Deps, 'log'>, metrics: Metrics): MiddlewareHandler {
  return async (c, next) => {
    const started = performance.now();
    await next();
    // The one that answered: those behind it were never asked.
    const route = routePath(c);
    const status = c.res.status;
    const line = { method: c.req.method, route, status, ms: Math.round(performance.now() - started) };
    metrics.requests.inc({ route, status: String(status) });
    if (status >= 500) deps.log.error(line, 'request failed');
    else deps.log.debug(line, 'request');
  };
}
