import type { Context, MiddlewareHandler } from 'hono';
import type { z } from 'zod';
import { OFFICE_HEADER } from '../../protocol/office/officeApi.ts';
import type { OfficeRefusal, OfficeRefused } from '../../protocol/office/officeApi.ts';
import { isTooDeep } from '../../protocol/nesting.ts';
import type { Deps } from '../deps.ts';
import { forBusiness } from '../store/connection/context.ts';
import type { Session } from '../usecases/office/account/sessions.ts';
import { readSession } from '../usecases/office/account/sessions.ts';
import { failure } from './answers.ts';
import { readBody } from './body.ts';
import { readOfficeCookie } from './officeSession.ts';
import { isOwnRequest } from './ownRequest.ts';

/** A program with its products is the largest thing that the office sends. */
const MOST_BYTES = 256 * 1024;

export type OfficeEnv = { Variables: { session: Session } };

/** Holds other sites off; see `isOwnRequest`. */
export function ownRequests(deps: Pick<Deps, 'clock' | 'config'>): MiddlewareHandler {
  return async (c, next) => {
    c.header('Cache-Control', 'no-store');
    const changes = c.req.method !== 'GET' && c.req.method !== 'HEAD';
    if (!changes || isOwnRequest(c, OFFICE_HEADER, deps.config)) return next();
    return failure(c, deps.clock, 'forbidden', `Send JSON from our own pages, with the header ${OFFICE_HEADER}: 1.`);
  };
}

/** Lets through who is signed in. */
export function signedIn(deps: Pick<Deps, 'db' | 'clock' | 'config'>): MiddlewareHandler<OfficeEnv> {
  return async (c, next) => {
    const token = readOfficeCookie(c, deps.config);
    const session = token ? await readSession(deps, token) : null;
    if (!session) return failure(c, deps.clock, 'unauthorized', 'Sign in first.');
    c.set('session', session);
    return forBusiness(session.business, next);
  };
}

/** The body as its schema has it, or `null` where it is anything else. */
export async function readOfficeBody<T>(c: Context, schema: z.ZodType<T>): Promise<T | null> {
  const text = await readBody(c, MOST_BYTES);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    const read = isTooDeep(value) ? null : schema.safeParse(value);
    return read?.success ? read.data : null;
  } catch {
    return null;
  }
}

const STATUS = { wait: 429, notFound: 404, programChanged: 409, currencyFixed: 409, lastOwner: 409 } as const;

/** A refusal that a screen has a sentence for. */
export function refuse(c: Context, refusal: OfficeRefusal): Response {
  const status = refusal.kind in STATUS ? STATUS[refusal.kind as keyof typeof STATUS] : 422;
  if (refusal.kind === 'wait') c.header('Retry-After', String(refusal.seconds));
  return c.json({ refusal } satisfies OfficeRefused, status);
}
