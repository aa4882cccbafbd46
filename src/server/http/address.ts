import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import type { Config } from '../config.ts';

/** Where a request comes from. What a proxy says is believed only where the operator said there is one. */
export function addressOf(c: Context, config: Pick<Config, 'trustProxy'>): string {
  if (config.trustProxy) {
    // The last entry is the one that our own proxy wrote; those before it come from the client.
    const last = c.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim();
    if (last) return last;
  }
  return connected(c) ?? 'local';
}

function connected(c: Context): string | undefined {
  // Requests that tests hand to the app directly have no connection.
  return c.env && 'incoming' in c.env ? getConnInfo(c).remote.address : undefined;
}
