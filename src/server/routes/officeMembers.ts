import { Hono } from 'hono';
import { memberQuery } from '../../protocol/office/officeBodies.ts';
import type { Deps } from '../deps.ts';
import { failure } from '../http/answers.ts';
import { refuse } from '../http/officeGuard.ts';
import type { OfficeEnv } from '../http/officeGuard.ts';
import { eraseMember } from '../usecases/eraseMember.ts';
import { searchMembers } from '../usecases/office/members.ts';

/** Members: found, and forgotten where they ask for it. */
export function officeMembers(deps: Deps): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  app.get('/members', async (c) => {
    const query = memberQuery.safeParse(c.req.query());
    if (!query.success) return failure(c, deps.clock, 'badRequest', 'Say whom to look for: ?query=.');
    return c.json(await searchMembers(deps, c.get('session').business, query.data.query));
  });
  app.post('/members/:id/erase', async (c) => {
    const { business, account } = c.get('session');
    const done = await eraseMember(deps, business, c.req.param('id'), account);
    return done ? c.json({ ok: true }) : refuse(c, { kind: 'notFound' });
  });
  return app;
}
