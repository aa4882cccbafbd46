import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Config } from '../config.ts';

/** Browsers keep no cookie for longer than 400 days. */
const MAX_AGE = 400 * 24 * 3600;
const NAME = 'regulars-card';

type Where = Pick<Config, 'publicUrl'>;

/** The cookie by which a phone is known. With HTTPS no other site, path or plain connection can set or read it. */
export function readCardCookie(c: Context, config: Where): string | undefined {
  return secure(config) ? getCookie(c, NAME, 'host') : getCookie(c, NAME);
}

export function writeCardCookie(c: Context, config: Where, secret: string): void {
  const common = { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: MAX_AGE } as const;
  setCookie(c, NAME, secret, secure(config) ? { ...common, prefix: 'host', secure: true } : common);
}

export function dropCardCookie(c: Context, config: Where): void {
  deleteCookie(c, NAME, secure(config) ? { prefix: 'host', secure: true, path: '/' } : { path: '/' });
}

function secure({ publicUrl }: Where): boolean {
  return publicUrl.startsWith('https:');
}
