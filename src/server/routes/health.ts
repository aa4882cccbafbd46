import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { failure } from '../http/answers.ts';
import type { Metrics } from '../metrics.ts';

/** For whoever watches the server: is it alive, can it serve, how is it doing. No business data. */
export function healthRoutes(deps: Pick<Deps, 'db' | 'clock' | 'config'>, metrics: Metrics): Hono {
  const app = new Hono();
  app.get('/health', (c) => c.json({ ok: true }));
  app.get('/ready', async (c) => {
    try {
      await sql`select 1`.execute(deps.db);
      return c.json({ ok: true });
    } catch {
      return failure(c, deps.clock, 'unavailable', 'The database does not answer.');
    }
  });
  app.get('/metrics', async (c) => {
    const { mode, metricsToken } = deps.config;
    const open = metricsToken === null ? mode === 'demo' : isToken(c.req.header('Authorization'), metricsToken);
    if (!open) return failure(c, deps.clock, 'notFound', 'Set REGULARS_METRICS_TOKEN and send it as a bearer token.');
    return c.text(await metrics.registry.metrics(), 200, { 'Content-Type': metrics.registry.contentType });
  });
  return app;
}

/** Compared in constant time; as hashes, so that the length tells nothing either. */
function isToken(header: string | undefined, token: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(header ?? ''), hash(`Bearer ${token}`));
}
