import type { Context } from 'hono';
import { Hono } from 'hono';
import {
  businessBody,
  closeExceptionBody,
  dayQuery,
  locationBody,
  newStaffBody,
  patternBody,
  programBody,
  staffChangeBody,
} from '../../protocol/office/officeBodies.ts';
import type { OfficeRefusal, OfficeStaff } from '../../protocol/office/officeApi.ts';
import type { Deps } from '../deps.ts';
import { failure } from '../http/answers.ts';
import { readOfficeBody, refuse } from '../http/officeGuard.ts';
import type { OfficeEnv } from '../http/officeGuard.ts';
import { listDocuments } from '../store/documents.ts';
import { finishSetup, readBusiness, saveBusiness, saveLocation } from '../usecases/office/business.ts';
import { closeException } from '../usecases/office/exceptions.ts';
import { publishProgram, readProgram } from '../usecases/office/program.ts';
import { addStaff, changeStaff } from '../usecases/office/staff.ts';
import { readPatterns, settlePattern } from '../usecases/office/patterns/readPatterns.ts';
import { readToday } from '../usecases/office/today.ts';

type Done = { readonly ok: true } | { readonly ok: false; readonly refusal: OfficeRefusal };

/** The business itself: settings, shops, program, staff, its day. */
export function officeShop(deps: Deps): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  const bad = (c: Context) => failure(c, deps.clock, 'badRequest', 'See protocol/office.ts for what goes here.');
  const answer = (c: Context, done: Done) => (done.ok ? c.json(done) : refuse(c, done.refusal));
  const businessOf = (c: Context<OfficeEnv>) => c.get('session').business;

  app.get('/business', async (c) => c.json(await readBusiness(deps, businessOf(c))));
  app.put('/business', async (c) => {
    const body = await readOfficeBody(c, businessBody);
    return body ? answer(c, await saveBusiness(deps, businessOf(c), body)) : bad(c);
  });
  app.post('/locations', async (c) => {
    const body = await readOfficeBody(c, locationBody);
    return body ? answer(c, await saveLocation(deps, businessOf(c), null, body.name, body.hours)) : bad(c);
  });
  app.patch('/locations/:id', async (c) => {
    const body = await readOfficeBody(c, locationBody);
    return body ? answer(c, await saveLocation(deps, businessOf(c), c.req.param('id'), body.name, body.hours)) : bad(c);
  });

  app.get('/program', async (c) => c.json(await readProgram(deps, businessOf(c))));
  app.post('/program/publish', async (c) => {
    const body = await readOfficeBody(c, programBody);
    return body ? answer(c, await publishProgram(deps, businessOf(c), body)) : bad(c);
  });

  app.get('/staff', async (c) => {
    const all = await listDocuments(deps.db, businessOf(c), 'staff');
    // Never the PIN's verifier: four digits are found from it in minutes.
    return c.json(all.map(({ id, name, role, active }): OfficeStaff => ({ id, name, role, active })));
  });
  app.post('/staff', async (c) => {
    const body = await readOfficeBody(c, newStaffBody);
    return body ? answer(c, await addStaff(deps, businessOf(c), body)) : bad(c);
  });
  app.patch('/staff/:id', async (c) => {
    const body = await readOfficeBody(c, staffChangeBody);
    return body ? answer(c, await changeStaff(deps, businessOf(c), c.req.param('id'), body)) : bad(c);
  });

  app.get('/today', async (c) => {
    const query = dayQuery.safeParse(c.req.query());
    return query.success ? c.json(await readToday(deps, businessOf(c), query.data.day ?? null)) : bad(c);
  });
  app.post('/exceptions/close', async (c) => {
    const body = await readOfficeBody(c, closeExceptionBody);
    if (!body) return bad(c);
    const { business, account } = c.get('session');
    return answer(c, await closeException(deps, business, account, body));
  });
  app.get('/patterns', async (c) => {
    const query = dayQuery.safeParse(c.req.query());
    return query.success ? c.json(await readPatterns(deps, businessOf(c), query.data.day ?? null)) : bad(c);
  });
  app.post('/patterns/settle', async (c) => {
    const body = await readOfficeBody(c, patternBody);
    if (!body) return bad(c);
    const { business, account } = c.get('session');
    await settlePattern(deps, business, account, body.id);
    return c.json({ ok: true });
  });
  app.post('/setup/finish', async (c) => {
    await finishSetup(deps, businessOf(c));
    return c.json({ ok: true });
  });
  return app;
}
