import { Hono } from 'hono';
import { signInBody } from '../../protocol/office/officeBodies.ts';
import type { Deps } from '../deps.ts';
import { addressOf } from '../http/address.ts';
import { createDisguise } from '../http/disguise.ts';
import { failure } from '../http/answers.ts';
import { ownRequests, readOfficeBody, refuse, signedIn } from '../http/officeGuard.ts';
import type { OfficeEnv } from '../http/officeGuard.ts';
import { dropOfficeCookie, readOfficeCookie, writeOfficeCookie } from '../http/officeSession.ts';
import type { Verify } from '../http/verifier.ts';
import { endSession, readSession, startSession } from '../usecases/office/account/sessions.ts';
import { signIn } from '../usecases/office/account/signIn.ts';
import { readState } from '../usecases/office/state.ts';
import { officeAccount } from './officeAccount.ts';
import { officeBalances } from './officeBalances.ts';
import { officeExport } from './officeExport.ts';
import { officeMembers } from './officeMembers.ts';
import { officeShop } from './officeShop.ts';
import { officeTills } from './officeTills.ts';

/** `/office/api/*`; see `protocol/office.ts`. */
export function officeRoutes(deps: Deps, verify: Verify): Hono {
  const app = new Hono();
  const api = new Hono<OfficeEnv>();
  const disguise = createDisguise(deps);
  api.use(ownRequests(deps));

  api.get('/state', async (c) => {
    const token = readOfficeCookie(c, deps.config);
    return c.json(await readState(deps, token ? await readSession(deps, token) : null));
  });

  api.post('/sign-in', async (c) => {
    const body = await readOfficeBody(c, signInBody);
    if (!body) return refuse(c, { kind: 'wrongLogin' });
    const from = addressOf(c, deps.config);
    const done = await signIn(deps, body, from);
    if (!done.ok) {
      const tried = { login: disguise(body.email), from: disguise(from), why: done.refusal.kind };
      deps.log.warn(tried, 'a sign-in to the office failed');
      return refuse(c, done.refusal);
    }
    const { business, account } = done;
    deps.log.info({ business, account, from: disguise(from) }, 'somebody signed in to the office');
    // Always a new session: a token from before the sign-in is worth nothing after it.
    writeOfficeCookie(
      c,
      deps.config,
      await startSession(deps, { business, account }, c.req.header('User-Agent') ?? ''),
    );
    return c.json({ ok: true });
  });

  api.use(signedIn(deps));

  api.post('/sign-out', async (c) => {
    await endSession(deps, c.get('session'));
    dropOfficeCookie(c, deps.config);
    return c.json({ ok: true });
  });

  api.route('/', officeAccount(deps));
  api.route('/', officeShop(deps));
  api.route('/', officeTills(deps, verify));
  api.route('/', officeBalances(deps));
  api.route('/', officeMembers(deps));
  api.route('/', officeExport(deps));
  api.all('*', (c) => failure(c, deps.clock, 'notFound', 'The office has nothing at this address.'));
  app.route('/office/api', api);
  return app;
}
