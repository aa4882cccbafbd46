import { Hono } from 'hono';
import { ownerBody, setupTokenBody } from '../../protocol/office/officeBodies.ts';
import type { Deps } from '../deps.ts';
import { addressOf } from '../http/address.ts';
import { failure } from '../http/answers.ts';
import { ownRequests, readOfficeBody, refuse } from '../http/officeGuard.ts';
import { writeOfficeCookie } from '../http/officeSession.ts';
import { createOwner } from '../usecases/office/createOwner.ts';
import { startSession } from '../usecases/office/sessions.ts';
import { isSetupToken } from '../usecases/office/setupLink.ts';
import { countFailure, waitBefore } from '../usecases/office/throttle.ts';

/** The first owner, behind the one-time link; everything after it is the office. */
export function setupRoutes(deps: Deps): Hono {
  const app = new Hono();
  const base = '/office/api/setup';
  app.use(`${base}/check`, ownRequests(deps));
  app.use(`${base}/owner`, ownRequests(deps));

  app.post(`${base}/check`, async (c) => {
    const body = await readOfficeBody(c, setupTokenBody);
    if (!body) return failure(c, deps.clock, 'badRequest', 'A token is needed.');
    const keys = [{ kind: 'address', value: addressOf(c, deps.config) }] as const;
    const wait = await waitBefore(deps, keys);
    if (wait > 0) return refuse(c, { kind: 'wait', seconds: Math.ceil(wait / 1000) });
    if (await isSetupToken(deps, body.token, deps.clock.now())) return c.json({ ok: true });
    await countFailure(deps, keys);
    return refuse(c, { kind: 'setupLink' });
  });

  app.post(`${base}/owner`, async (c) => {
    const body = await readOfficeBody(c, ownerBody);
    if (!body) return failure(c, deps.clock, 'badRequest', 'Name, e-mail and a password of 12 characters are needed.');
    // Asked before the costly hashing of the password, which a stranger shall not be able to order.
    if (!(await isSetupToken(deps, body.token, deps.clock.now()))) return refuse(c, { kind: 'setupLink' });
    const made = await createOwner(deps, body);
    if (!made.ok) return refuse(c, made.refusal);
    const { business, account } = made;
    const token = await startSession(deps, { business, account }, c.req.header('User-Agent') ?? '');
    writeOfficeCookie(c, deps.config, token);
    return c.json({ ok: true });
  });
  return app;
}
