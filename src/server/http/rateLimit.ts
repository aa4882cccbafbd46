import type { MiddlewareHandler } from 'hono';
import type { Deps } from '../deps.ts';
import { addressOf } from './address.ts';
import { tooMany } from './answers.ts';
import type { Rate } from './limiter.ts';
import { createLimiter } from './limiter.ts';

/** Answers 429 to an address that asks more often than the rate allows. */
export function rateLimit({ clock, config }: Pick<Deps, 'clock' | 'config'>, rate: Rate): MiddlewareHandler {
  const limiter = createLimiter(rate, clock);
  return async (c, next) => {
    const wait = limiter.take(addressOf(c, config));
    return wait > 0 ? tooMany(c, clock, wait) : next();
  };
}
