import { createReadStream, existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { Readable } from 'node:stream';
import { type Context, Hono } from 'hono';
import { compress } from 'hono/compress';

/** The three apps: where each is served, and its page in the build. The till's page is also what a bare visit gets. */
const APPS = [
  { at: '/till', page: 'index.html' },
  { at: '/c', page: 'src/card/index.html' },
  { at: '/office', page: 'src/office/index.html' },
] as const;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/**
 * Serves the built apps. A path that names a file of the build gets the file; any other path under an app gets the app's
 * page, which finds its way by itself. Hashed assets are kept for ever; pages, workers and manifests are asked for anew.
 */
export function staticRoutes(dist: string): Hono {
  const app = new Hono();
  app.use(compress());
  app.get('/', (c) => c.redirect('/till/'));
  for (const { at, page } of APPS) {
    app.get(at, (c) => c.redirect(`${at}/`));
    app.get(`${at}/*`, async (c, next) => {
      if (c.req.path.startsWith(`${at}/api/`)) return next();
      return (await file(c, dist, c.req.path)) ?? (await file(c, dist, `/${page}`)) ?? notBuilt(c);
    });
  }
  app.get('/favicon.ico', (c) => c.redirect('/icons/till.svg'));
  // QR codes say it in capitals, since that makes them smaller.
  app.get('/C/*', async (c) => (await file(c, dist, '/src/card/index.html')) ?? notBuilt(c));
  app.get('*', async (c, next) => {
    // Sources of pages are reached under their app's address only.
    const found = extname(c.req.path) === '.html' ? null : await file(c, dist, c.req.path);
    return found ?? next();
  });
  return app;
}

async function file(c: Context, dist: string, path: string): Promise<Response | null> {
  const full = normalize(join(dist, decode(path)));
  if (!full.startsWith(normalize(dist) + sep) || full.includes(`${sep}.`) || !existsSync(full)) return null;
  const stat = statSync(full);
  if (!stat.isFile()) return null;
  const type = TYPES[extname(full)] ?? 'application/octet-stream';
  const etag = `"${stat.size.toString(36)}-${Math.trunc(stat.mtimeMs).toString(36)}"`;
  c.header('Content-Type', type);
  c.header('Cache-Control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
  c.header('ETag', etag);
  if (path.endsWith('/sw.js')) c.header('Service-Worker-Allowed', path.slice(0, -'sw.js'.length));
  if (c.req.header('If-None-Match')?.includes(etag)) return c.body(null, 304);
  // Small files are read at once, so that they can be compressed with a known length.
  if (stat.size < 4_000_000) return c.body(new Uint8Array(await readFile(full)));
  return c.body(Readable.toWeb(createReadStream(full)) as ReadableStream);
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function notBuilt(c: Context): Response {
  return c.text('The apps are not built yet: run `npm run build`, then reload this page.', 503);
}
