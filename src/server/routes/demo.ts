import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { toString as drawQr } from 'qrcode';
import { chooseLanguage } from '../../i18n/format.ts';
import { demoEn } from '../../i18n/en/demo.ts';
import { demoHu } from '../../i18n/hu/demo.ts';
import { spacedTypedCode, typedCodeOf } from '../../protocol/card/typedCode.ts';
import type { Deps } from '../deps.ts';
import { DEMO_BUSINESS } from '../demo/access.ts';
import { demoCard } from '../demo/demoCard.ts';
import { startPage } from '../demo/startPage.ts';
import { failure } from '../http/answers.ts';
import { readCardCookie, writeCardCookie } from '../http/cardCookie.ts';
import { forBusiness } from '../store/connection/context.ts';
import { knownSecret, putOnPhone } from '../usecases/card/phones.ts';

const FONTS: Readonly<Record<string, string>> = {
  'bricolage-latin.woff2': '@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2',
  'bricolage-latin-ext.woff2':
    '@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-ext-wght-normal.woff2',
  'instrument-latin.woff2': '@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2',
  'instrument-latin-ext.woff2':
    '@fontsource-variable/instrument-sans/files/instrument-sans-latin-ext-wght-normal.woff2',
};

/** The demo's start page and what is on it. In a real installation there is nothing at these addresses. */
export function demoRoutes(deps: Deps): Hono {
  const app = new Hono();
  if (deps.config.mode !== 'demo') return app;

  app.get('/', async (c) => {
    const found = await demoCard(deps.db);
    if (!found) return noDemo(c);
    const language = chooseLanguage([c.req.query('lang'), ...wishesOf(c)]);
    c.header('Vary', 'Accept-Language');
    c.header('Cache-Control', 'no-store');
    const typedCode = spacedTypedCode(typedCodeOf(found.card));
    return c.html(startPage({ language, text: language === 'hu' ? demoHu : demoEn, typedCode }));
  });

  app.get('/demo/start.css', async (c) => {
    c.header('Content-Type', 'text/css; charset=utf-8');
    return c.body(await readFile(new URL('../demo/start.css', import.meta.url), 'utf8'));
  });

  app.get('/demo/fonts/:file', async (c, next) => {
    const source = FONTS[c.req.param('file')];
    if (!source) return next();
    c.header('Content-Type', 'font/woff2');
    c.header('Cache-Control', 'public, max-age=86400');
    return c.body(new Uint8Array(await readFile(fileURLToPath(import.meta.resolve(source)))));
  });

  app.get('/demo/card.svg', async (c) => {
    const found = await demoCard(deps.db);
    if (!found) return noDemo(c);
    const text = `${deps.config.publicUrl}/c/${found.token}`.toUpperCase();
    c.header('Content-Type', 'image/svg+xml');
    c.header('Cache-Control', 'no-store');
    return c.body(await drawQr(text, { type: 'svg', margin: 4, errorCorrectionLevel: 'L' }));
  });

  // Puts the demo customer's card into this browser, as her own phone has it.
  app.get('/demo/card', async (c) => {
    const found = await demoCard(deps.db);
    if (!found) return noDemo(c);
    const of = { business: DEMO_BUSINESS, card: found.card };
    const secret = await knownSecret(deps, readCardCookie(c, deps.config));
    const onPhone = await forBusiness(DEMO_BUSINESS, () => putOnPhone(deps.db, deps, of, secret));
    writeCardCookie(c, deps.config, onPhone);
    c.header('Cache-Control', 'no-store');
    return c.redirect('/c/');
  });
  return app;

  function noDemo(c: Context): Response {
    return failure(c, deps.clock, 'notFound', 'This database holds no demo shop.');
  }
}

/** The languages that the browser asks for, its favorite first. */
function wishesOf(c: Context): string[] {
  return (c.req.header('Accept-Language') ?? '').split(',').map((one) => one.split(';')[0]?.trim() ?? '');
}
