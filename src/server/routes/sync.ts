import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Context, Hono } from 'hono';
import { compress } from 'hono/compress';
import { streamSSE } from 'hono/streaming';
import {
  cursorSchema,
  leaveRequestSchema,
  offerRequestSchema,
  pushRequestSchema,
} from '../../protocol/schemas/requestSchemas.ts';
import {
  type Cursor,
  PUSH_LARGE_BYTES,
  PUSH_LARGE_EVENTS,
  PUSH_MAX_BYTES,
  PUSH_MAX_EVENTS,
  type PushAccepts,
  type PushAnswer,
} from '../../protocol/sync.ts';
import type { Deps } from '../deps.ts';
import { addressOf } from '../http/address.ts';
import { failure, tooMany } from '../http/answers.ts';
import { parseJson, readBytes, textOf } from '../http/body.ts';
import { createDeviceAuth } from '../http/deviceAuth.ts';
import { createLimiter, type Rates } from '../http/limiter.ts';
import { followHead } from '../http/followHead.ts';
import type { Verify } from '../http/verifier.ts';
import type { Metrics } from '../metrics.ts';
import { forBusiness } from '../store/connection/context.ts';
import type { DeviceRow } from '../store/tables/ledgerTables.ts';
import { freshenCardKeys } from '../usecases/card/cardKeys.ts';
import { freshenOwnerCodes } from '../usecases/ownerCodes.ts';
import { SEEN_MS, touchDevice } from '../store/seen.ts';
import { admitOffer } from '../usecases/admitOffer.ts';
import { leave } from '../usecases/devices.ts';
import { pull } from '../usecases/pull.ts';
import { push } from '../usecases/push.ts';
import { snapshotManifest, snapshotPage } from '../usecases/snapshot.ts';

/** Events as JSON strings grow by their quotes; patches and program versions come beside them. */
const BODY_MAX_BYTES = 3 * PUSH_LARGE_BYTES;

const zip = promisify(gzip);

/** With so many pushes under way, large ones would keep those waiting that have a customer behind them. */
const BUSY = 8;
const MOST_UNDER_WAY = 24;
const MUCH_BYTES = 32 * 1024;
const COME_BACK_MS = 2000;
const LARGE: PushAccepts = { events: PUSH_LARGE_EVENTS, bytes: PUSH_LARGE_BYTES, gzip: true };
const SMALL: PushAccepts = { events: PUSH_MAX_EVENTS, bytes: PUSH_MAX_BYTES, gzip: true };

/** The protocol between tills and server; `protocol/sync.ts` is its specification. */
export function syncRoutes(deps: Deps, metrics: Metrics, rates: Rates, verify: Verify): Hono {
  const app = new Hono();
  const guard = createGuard(deps, rates, verify);
  /** Pushes that are being stored, or wait for it. */
  let underWay = 0;

  app.post('/sync/push', async (c) => {
    // Many tills with long queues come back at once: those with a customer at the counter bring little, and go first.
    if (underWay >= MOST_UNDER_WAY && Number(c.req.header('Content-Length') ?? 0) > MUCH_BYTES) {
      return tooMany(c, deps.clock, COME_BACK_MS);
    }
    return guard(c, BODY_MAX_BYTES, async (device, body) => {
      const sent = await textOf(c, body, BODY_MAX_BYTES);
      if (!sent.ok && sent.error === 'tooLarge') {
        return failure(c, deps.clock, 'tooLarge', 'Send fewer events at once.');
      }
      const request = sent.ok ? parseJson(sent.text, pushRequestSchema) : null;
      if (!request) return failure(c, deps.clock, 'badRequest', 'This is not a push.');
      if (request.events.reduce((sum, event) => sum + Buffer.byteLength(event), 0) > PUSH_LARGE_BYTES) {
        return failure(c, deps.clock, 'tooLarge', 'Send fewer events at once.');
      }
      const stop = metrics.pushSeconds.startTimer();
      underWay += 1;
      const answer = await push(deps, device, request).finally(() => (underWay -= 1));
      stop();
      for (const { result } of answer.results) metrics.events.inc({ result });
      metrics.events.inc({ result: 'accepted' }, Math.max(0, request.events.length - answer.results.length));
      return c.json({ ...answer, accepts: underWay < BUSY ? LARGE : SMALL } satisfies PushAnswer);
    });
  });

  app.post('/sync/offer', (c) =>
    guard(c, BODY_MAX_BYTES, async (device, body) => {
      if (device.revoked_at !== null) return revoked(c, deps);
      const request = parseJson(new TextDecoder().decode(body), offerRequestSchema);
      if (!request) return failure(c, deps.clock, 'badRequest', 'This is not an offer.');
      return c.json(await admitOffer(deps, device, request));
    }),
  );

  app.post('/sync/leave', (c) =>
    guard(c, 1000, async (device, body) => {
      const request = parseJson(new TextDecoder().decode(body), leaveRequestSchema);
      if (!request) return failure(c, deps.clock, 'badRequest', 'Say who removes the till.');
      return c.json(await leave(deps, device, request));
    }),
  );

  const reading = new Hono();
  reading.use(compress({ encoding: 'gzip' }));
  reading.get('/pull', (c) =>
    guard(c, 0, async (device) => {
      if (device.revoked_at !== null) return revoked(c, deps);
      const cursor = cursorIn(c);
      if (!cursor) return failure(c, deps.clock, 'badRequest', 'Pull needs epoch, gseq, chain and rev.');
      // A till that was away for days gets the keys of the days ahead with its first pull.
      await freshenCardKeys(deps, device.business);
      await freshenOwnerCodes(deps, device.business, device.device);
      const answer = await pull(deps, device, cursor);
      return answer ? c.json(answer) : failure(c, deps.clock, 'diverged', 'This ledger does not know that cursor.');
    }),
  );
  reading.get('/snapshot', (c) =>
    guard(c, 0, async (device) =>
      device.revoked_at === null ? c.json(await snapshotManifest(deps, device)) : revoked(c, deps),
    ),
  );
  reading.get('/snapshot/pages/:page', (c) =>
    guard(c, 0, async (device) => {
      if (device.revoked_at !== null) return revoked(c, deps);
      const page = numberIn(c.req.param('page'));
      const of = c.req.query('of');
      const pages = of === undefined ? null : numberIn(of);
      if (page === null || pages === 0 || (of !== undefined && pages === null)) {
        return failure(c, deps.clock, 'badRequest', 'Pages are numbered from 0.');
      }
      const answer = await snapshotPage(deps, device.business, page, pages);
      if (answer === null) return failure(c, deps.clock, 'notFound', 'There is no such page.');
      return sendJson(c, answer);
    }),
  );
  app.route('/sync', reading);

  app.get('/sync/live', (c) =>
    guard(c, 0, async (device) => {
      if (device.revoked_at !== null) return revoked(c, deps);
      return streamSSE(c, (stream) => followHead(deps, device, stream));
    }),
  );
  return app;
}

/** JSON text, compressed lightly: a page is asked for once, and the till waits for it. */
async function sendJson(c: Context, text: string): Promise<Response> {
  c.header('Content-Type', 'application/json');
  c.header('Vary', 'Accept-Encoding');
  if (!c.req.header('Accept-Encoding')?.includes('gzip')) return c.body(text);
  c.header('Content-Encoding', 'gzip');
  return c.body(new Uint8Array(await zip(text, { level: 1 })));
}

type Serve = (device: DeviceRow, body: Uint8Array) => Promise<Response>;

/**
 * Who asks, and not too often; only then the work. What the headers tell is looked at before the body is read: who is not
 * a device of ours, or says so at the wrong time, or comes from an address that asks too much, is not listened to.
 */
function createGuard(
  deps: Deps,
  rates: Rates,
  verify: Verify,
): (c: Context, mostBytes: number, serve: Serve) => Promise<Response> {
  const introduce = createDeviceAuth(deps, verify);
  const byAddress = createLimiter(rates.address, deps.clock);
  const byDevice = createLimiter(rates.device, deps.clock);
  return async (c, mostBytes, serve) => {
    c.header('Cache-Control', 'no-store');
    const addressWait = byAddress.take(addressOf(c, deps.config));
    if (addressWait > 0) return tooMany(c, deps.clock, addressWait);
    const claim = await introduce(c);
    if (!claim.ok) return failure(c, deps.clock, claim.error, claim.message);
    const body = await readBytes(c, mostBytes);
    if (body === null) return failure(c, deps.clock, 'tooLarge', 'Send less at once.');
    const asked = await claim.prove(body);
    if (!asked.ok) return failure(c, deps.clock, asked.error, asked.message);
    const deviceWait = byDevice.take(asked.device.device);
    if (deviceWait > 0) return tooMany(c, deps.clock, deviceWait);
    return forBusiness(asked.device.business, async () => {
      const now = deps.clock.now();
      if (asked.device.seen_at <= now - SEEN_MS) await touchDevice(deps.db, asked.device, now);
      return serve(asked.device, body);
    });
  };
}

function revoked(c: Context, deps: Pick<Deps, 'clock'>): Response {
  return failure(c, deps.clock, 'revoked', 'This till was revoked: bring what is unsent, then wipe customer data.');
}

function cursorIn(c: Context): Cursor | null {
  const { epoch, gseq, chain, rev } = c.req.query();
  const read = cursorSchema.safeParse({ epoch, gseq: numberIn(gseq), chain, rev: numberIn(rev) });
  return read.success ? read.data : null;
}

/** A whole number of up to 15 digits, or `null`. */
function numberIn(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
