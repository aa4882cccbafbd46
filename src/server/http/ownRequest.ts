import type { Context } from 'hono';
import type { Config } from '../config.ts';

/**
 * Whether a request that changes something comes from our own pages: it must carry our own header and JSON, which a form or
 * a script of another origin cannot send unasked, and must not come from another origin where the browser says so.
 */
export function isOwnRequest(c: Context, header: string, config: Pick<Config, 'publicUrl'>): boolean {
  const json = c.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase() === 'application/json';
  if (c.req.header(header) !== '1' || !json) return false;
  const site = c.req.header('Sec-Fetch-Site');
  if (site !== undefined) return site === 'same-origin';
  // Browsers leave that out where the connection is not secure, and old ones always.
  const origin = c.req.header('Origin');
  return origin === undefined || origin === config.publicUrl || hostOf(origin) === c.req.header('Host');
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
