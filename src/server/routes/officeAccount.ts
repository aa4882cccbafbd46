import { Hono } from 'hono';
import { changePasswordBody } from '../../protocol/office/officeBodies.ts';
import type { Deps } from '../deps.ts';
import { failure } from '../http/answers.ts';
import { readOfficeBody, refuse } from '../http/officeGuard.ts';
import type { OfficeEnv } from '../http/officeGuard.ts';
import { endOtherSessions, listSessions } from '../usecases/office/account/sessions.ts';
import { changePassword } from '../usecases/office/account/signIn.ts';

/** Password and sessions of who is signed in. */
export function officeAccount(deps: Deps): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  app.post('/password', async (c) => {
    const body = await readOfficeBody(c, changePasswordBody);
    if (!body) return failure(c, deps.clock, 'badRequest', 'The new password needs 12 characters.');
    const done = await changePassword(deps, c.get('session'), body);
    if (!done.ok) {
      const { business, account } = c.get('session');
      deps.log.warn({ business, account, why: done.refusal.kind }, 'a password of the office was not changed');
      return refuse(c, done.refusal);
    }
    await endOtherSessions(deps, c.get('session'));
    return c.json({ ok: true });
  });
  app.get('/sessions', async (c) => c.json(await listSessions(deps, c.get('session'))));
  app.post('/sessions/end-others', async (c) => {
    await endOtherSessions(deps, c.get('session'));
    return c.json({ ok: true });
  });
  return app;
}
