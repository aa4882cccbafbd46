import { Hono } from 'hono';
import { JOURNAL_MAX_BYTES } from '../../protocol/journal.ts';
import { deviceChangeBody, pairingBody } from '../../protocol/office/officeBodies.ts';
import type { OwnerCodeAnswer, PairingCode } from '../../protocol/office/officeApi.ts';
import type { Deps } from '../deps.ts';
import { failure } from '../http/answers.ts';
import { readBody } from '../http/body.ts';
import { readOfficeBody, refuse } from '../http/officeGuard.ts';
import type { OfficeEnv } from '../http/officeGuard.ts';
import type { Verify } from '../http/verifier.ts';
import { getDocument } from '../store/documents.ts';
import { loadJournal } from '../usecases/office/loadJournal.ts';
import { listTills, renameTill, settleCopies } from '../usecases/office/tills.ts';
import { nextOwnerCode } from '../usecases/ownerCodes.ts';
import { createPairingCode, revokeDevice } from '../usecases/pair.ts';

/** Tills: seen, paired, renamed, revoked. */
export function officeTills(deps: Deps, verify: Verify): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  app.get('/tills', async (c) => c.json(await listTills(deps, c.get('session').business)));
  app.post('/tills/pairing', async (c) => {
    const { business } = c.get('session');
    const body = await readOfficeBody(c, pairingBody);
    if (!body) return failure(c, deps.clock, 'badRequest', 'A name and a shop are needed.');
    if (!(await getDocument(deps.db, business, 'location', body.location))) return refuse(c, { kind: 'notFound' });
    const { name, location, replaces } = body;
    const replaced = replaces === undefined ? null : await getDocument(deps.db, business, 'device', replaces);
    if (replaces !== undefined && !replaced) return refuse(c, { kind: 'notFound' });
    const options = replaced
      ? { deviceName: replaced.name, location: replaced.location, replaces: replaced.id }
      : { deviceName: name, location };
    const made = await createPairingCode(deps, business, options);
    return c.json({ ...made, url: `${deps.config.publicUrl}/till/#pair=${made.code}` } satisfies PairingCode);
  });
  app.patch('/tills/:id', async (c) => {
    const body = await readOfficeBody(c, deviceChangeBody);
    if (!body) return failure(c, deps.clock, 'badRequest', 'A name is needed.');
    const done = await renameTill(deps, c.get('session').business, c.req.param('id'), body.name);
    return done.ok ? c.json(done) : refuse(c, done.refusal);
  });
  app.post('/tills/:id/code', async (c) => {
    const code = await nextOwnerCode(deps, c.get('session').business, c.req.param('id'));
    return code === null ? refuse(c, { kind: 'noCodeYet' }) : c.json({ code } satisfies OwnerCodeAnswer);
  });
  app.post('/tills/:id/revoke', async (c) => {
    const done = await revokeDevice(deps, c.get('session').business, c.req.param('id'));
    return done ? c.json({ ok: true }) : refuse(c, { kind: 'notFound' });
  });
  app.post('/tills/:id/copies-settled', async (c) =>
    c.json(await settleCopies(deps, c.get('session').business, c.req.param('id'))),
  );
  app.post('/tills/journal', async (c) => {
    const body = await readBody(c, JOURNAL_MAX_BYTES);
    if (body === null) return refuse(c, { kind: 'journal', problem: 'tooLarge' });
    const file = fileIn(body);
    if (file === null) return refuse(c, { kind: 'journal', problem: 'notAJournal' });
    const done = await loadJournal(deps, c.get('session').business, file, verify);
    return done.ok ? c.json(done.result) : refuse(c, { kind: 'journal', problem: done.problem });
  });
  return app;
}

/** The file comes as one JSON text, like all that the office sends. */
function fileIn(body: string): string | null {
  try {
    const { file } = JSON.parse(body) as { file?: unknown };
    return typeof file === 'string' ? file : null;
  } catch {
    return null;
  }
}
