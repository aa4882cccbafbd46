import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ErrorAnswer, ErrorCode } from '../../protocol/sync.ts';
import type { Clock } from '../deps.ts';

const STATUS: Readonly<Record<ErrorCode, ContentfulStatusCode>> = {
  badRequest: 400,
  unauthorized: 401,
  proofClock: 401,
  forbidden: 403,
  revoked: 403,
  notFound: 404,
  conflict: 409,
  diverged: 409,
  tooLarge: 413,
  upgradeNeeded: 426,
  tooMany: 429,
  internal: 500,
  unavailable: 503,
};

/** Every answer that is not 2xx: the code for screens, the message for developers, the server's time for clocks. */
export function failure(c: Context, clock: Clock, error: ErrorCode, message: string): Response {
  return c.json({ error, message, time: clock.now() } satisfies ErrorAnswer, STATUS[error]);
}

/** 429 with how long to wait, in whole seconds. */
export function tooMany(c: Context, clock: Clock, waitMs: number): Response {
  c.header('Retry-After', String(Math.max(1, Math.ceil(waitMs / 1000))));
  return failure(c, clock, 'tooMany', 'Too many requests; wait as long as Retry-After says.');
}
