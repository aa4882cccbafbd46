import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Config } from '../config.ts';

const MAX_AGE_SECONDS = 30 * 24 * 60 * 60;

/** With HTTPS the browser itself holds the name to this host, this path and secure connections. */
const nameOf = (config: Pick<Config, 'publicUrl'>) => (isHttps(config) ? '__Host-office' : 'office');
const isHttps = (config: Pick<Config, 'publicUrl'>) => config.publicUrl.startsWith('https:');

export function readOfficeCookie(c: Context, config: Pick<Config, 'publicUrl'>): string | undefined {
  return getCookie(c, nameOf(config));
}

export function writeOfficeCookie(c: Context, config: Pick<Config, 'publicUrl'>, token: string): void {
  setCookie(c, nameOf(config), token, {
    path: '/',
    httpOnly: true,
    secure: isHttps(config),
    sameSite: 'Lax',
    maxAge: MAX_AGE_SECONDS,
  });
}

export function dropOfficeCookie(c: Context, config: Pick<Config, 'publicUrl'>): void {
  deleteCookie(c, nameOf(config), { path: '/', secure: isHttps(config) });
}
