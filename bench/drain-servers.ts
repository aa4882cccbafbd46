import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import { serve, type ServerType } from '@hono/node-server';
import Database from 'better-sqlite3';
import { Hono } from 'hono';
import { createApp } from '../src/server/app.ts';
import { readConfig } from '../src/server/config.ts';
import { createDeps } from '../src/server/createDeps.ts';
import type { Deps } from '../src/server/deps.ts';
import { forBusiness } from '../src/server/store/connection/context.ts';
import { createPairingCode } from '../src/server/usecases/pair.ts';
import { customer } from './crowd.ts';
import { requirePeer } from './peers.ts';
import { NO_LIMITS, openShop, SHOP } from './shop.ts';

export interface BenchServer {
  readonly url: string;
  /** Pairs one till. */
  readonly code: string;
  /** Pairs another one. */
  readonly newCode: () => Promise<string>;
  /** Answers below a path what another server answers at its root. */
  readonly mount: (path: string, other: BenchServer) => void;
  /** What it serves, as a function. */
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** Events in the ledger, as SQLite has them. */
  readonly stored: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/**
 * Our server as it is, on a fresh database file with `synchronous=FULL`; it serves the bench's page as well.
 * @param seed fills the shop before the server begins
 */
export async function startOurs(
  folder: string,
  pages: string,
  seed: (deps: Deps) => Promise<void> = async () => {},
): Promise<BenchServer> {
  const config = readConfig({ REGULARS_DATA: folder, REGULARS_LOG_LEVEL: 'error' });
  if (!config.ok) throw new Error(config.problems.join());
  const deps = await createDeps(config.config);
  await openShop(deps);
  await seed(deps);
  const newCode = () =>
    forBusiness(SHOP, async () => {
      const { code } = await createPairingCode(deps, SHOP, { deviceName: 'Till', location: 'main' });
      return code;
    });
  const code = await newCode();
  const app = new Hono();
  const pouch = readFileSync(resolve(import.meta.dirname, 'node_modules/pouchdb/dist/pouchdb.min.js'), 'utf8');
  app.get('/pouchdb.min.js', (c) => c.body(pouch, 200, { 'content-type': 'text/javascript' }));
  app.get('/:page{\\w+\\.html}', (c) => c.html(readFileSync(join(pages, c.req.param('page')), 'utf8')));
  app.get('/assets/:file', (c) =>
    c.body(readFileSync(join(pages, 'assets', c.req.param('file')), 'utf8'), 200, {
      'content-type': 'text/javascript',
    }),
  );
  app.get('/crowd/:from', (c) => {
    const from = Number(c.req.param('from'));
    return c.json(Array.from({ length: 5000 }, (_, at) => customer(from + at)));
  });
  const mounted = new Map<string, BenchServer>();
  app.use(async (c, next) => {
    const url = new URL(c.req.url);
    for (const [path, other] of mounted) {
      if (!url.pathname.startsWith(`${path}/`)) continue;
      url.pathname = url.pathname.slice(path.length);
      return other.fetch(new Request(url, c.req.raw));
    }
    return next();
  });
  app.route('/', createApp(deps, { rates: NO_LIMITS }));
  const { server, url } = await listening((done) => serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, done));
  return {
    url,
    code,
    newCode,
    mount: (path, other) => mounted.set(path, other),
    fetch: app.fetch,
    stored: async () => {
      const { n } = await deps.db
        .selectFrom('events')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      return Number(n);
    },
    close: async () => {
      await closed(server);
      await deps.db.destroy();
    },
  };
}

/** The least that can store: one prepared insert a row, one transaction a request, `synchronous=FULL`. */
export async function startFloor(folder: string): Promise<Pick<BenchServer, 'url' | 'close'>> {
  const db = new Database(join(folder, 'floor.sqlite'));
  db.pragma('journal_mode = WAL');
  db.exec('create table events (n integer primary key, bytes text not null)');
  db.pragma('synchronous = FULL');
  const insert = db.prepare('insert into events (bytes) values (?)');
  const store = db.transaction((rows: readonly string[]) => rows.forEach((bytes) => insert.run(bytes)));
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (request.method === 'POST') store(JSON.parse(Buffer.concat(parts).toString()) as string[]);
      response.writeHead(200, { 'access-control-allow-origin': '*' }).end('stored');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: urlOf(server),
    close: async () => {
      await closed(server);
      db.close();
    },
  };
}

/** PouchDB's own server, over LevelDB on disk. */
export async function startPouch(folder: string): Promise<Pick<BenchServer, 'url' | 'close'>> {
  const express = requirePeer('express') as () => {
    readonly use: (...handlers: unknown[]) => void;
    readonly listen: (port: number, host: string, done: () => void) => Server;
  };
  const PouchDB = requirePeer('pouchdb') as { readonly defaults: (options: object) => unknown };
  const pouchApp = requirePeer('express-pouchdb') as (database: unknown, options: object) => unknown;
  const app = express();
  app.use((request: CorsRequest, response: CorsResponse, next: () => void) => {
    response.set('access-control-allow-origin', request.headers.origin ?? '*');
    response.set('access-control-allow-credentials', 'true');
    response.set('access-control-allow-headers', 'content-type, accept');
    response.set('access-control-allow-methods', 'GET, PUT, POST, HEAD, DELETE, OPTIONS');
    if (request.method === 'OPTIONS') response.sendStatus(200);
    else next();
  });
  const options = { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: join(folder, 'pouch.log') };
  app.use(pouchApp(PouchDB.defaults({ prefix: join(folder, 'pouch-') }), options));
  const { server, url } = await listening((done) => app.listen(0, '127.0.0.1', () => done()));
  return { url, close: () => closed(server) };
}

interface CorsRequest {
  readonly method: string;
  readonly headers: { readonly origin?: string };
}

interface CorsResponse {
  readonly set: (name: string, value: string) => void;
  readonly sendStatus: (status: number) => void;
}

async function listening(start: (done: () => void) => ServerType | Server) {
  const server = await new Promise<ServerType | Server>((resolve) => {
    const starting: ServerType | Server = start(() => resolve(starting));
  });
  return { server, url: urlOf(server) };
}

function urlOf(server: ServerType | Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `http://127.0.0.1:${address.port}`;
}

async function closed(server: ServerType | Server): Promise<void> {
  if ('closeAllConnections' in server) server.closeAllConnections();
  await new Promise<void>((done) => server.close(() => done()));
}
