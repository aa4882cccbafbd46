import type { Context } from 'hono';
import { Hono } from 'hono';
import { ownerBody, setupTokenBody } from '../../protocol/office/officeBodies.ts';
import type { OfficeRefusal } from '../../protocol/office/officeApi.ts';
import type { Deps } from '../deps.ts';
import { addressOf } from '../http/address.ts';
import { failure } from '../http/answers.ts';
import { ownRequests, readOfficeBody, refuse } from '../http/officeGuard.ts';
import { writeOfficeCookie } from '../http/officeSession.ts';
import { createOwner } from '../usecases/office/account/createOwner.ts';
import { startSession } from '../usecases/office/account/sessions.ts';
import { isSetupToken } from '../usecases/office/account/setupLink.ts';
import { countTry, forgive } from '../usecases/office/account/throttle.ts';

/** The first owner, behind the one-time link; everything after it is the office. */
export function setupRoutes(deps: Deps): Hono {
  const app = new Hono();
  const base = '/office/api/setup';
  app.use(`${base}/check`, ownRequests(deps));
  app.use(`${base}/owner`, ownRequests(deps));

  app.post(`${base}/check`, async (c) => {
    const body = await readOfficeBody(c, setupTokenBody);
    if (!body) return failure(c, deps.clock, 'badRequest', 'A token is needed.');
    const refusal = await checkLink(c, body.token);
    return refusal ? refuse(c, refusal) : c.json({ ok: true });
  });

  app.post(`${base}/owner`, async (c) => {
    const body = await readOfficeBody(c, ownerBody);
    if (!body) return failure(c, deps.clock, 'badRequest', 'Name, e-mail and a password of 12 characters are needed.');
    // Asked before the costly hashing of the password, which a stranger shall not be able to order.
    const refusal = await checkLink(c, body.token);
    if (refusal) return refuse(c, refusal);
    const made = await createOwner(deps, body);
    if (!made.ok) return refuse(c, made.refusal);
    const { business, account } = made;
    const token = await startSession(deps, { business, account }, c.req.header('User-Agent') ?? '');
    writeOfficeCookie(c, deps.config, token);
    return c.json({ ok: true });
  });
  return app;

  /** Whether a link can be used; wrong ones are counted like wrong passwords. `null`: it can. */
  async function checkLink(c: Context, token: string): Promise<OfficeRefusal | null> {
    const keys = [{ kind: 'address', value: addressOf(c, deps.config) }] as const;
    const wait = await countTry(deps, keys);
    if (wait > 0) return { kind: 'wait', seconds: Math.ceil(wait / 1000) };
    if (!(await isSetupToken(deps, token, deps.clock.now()))) return { kind: 'setupLink' };
    await forgive(deps, keys);
    return null;
  }
}
