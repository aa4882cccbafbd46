import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { staticRoutes } from '../../src/server/routes/static.ts';
import type { Shop } from './harness.ts';

/** An address before a shop's server at which the apps can be replaced by their next version while tills are working. */
export interface Front extends Pick<Shop, 'origin'> {
  /** Builds the next version from the same sources under another name, and serves its files from now on. */
  serveNextVersion(): Promise<void>;
  close(): Promise<void>;
}

const SOURCES = ['src', 'public', 'tools', 'index.html', 'tsconfig.json', 'vite.config.ts'] as const;

export async function openFront(shop: Shop): Promise<Front> {
  let files: ReturnType<typeof getRequestListener> | null = null;
  const server = createServer((incoming, outgoing) => {
    if (files !== null && /^\/(till|assets|icons)\//.test(incoming.url ?? '')) void files(incoming, outgoing);
    else forward(shop.origin, incoming, outgoing);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const folder = mkdtempSync(join(tmpdir(), 'regulars-next-'));
  return {
    origin: `http://localhost:${port}`,
    serveNextVersion: async () => {
      for (const source of SOURCES) cpSync(source, join(folder, source), { recursive: true });
      symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
      const about = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
      writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...about, version: `${about.version}-next` }));
      execFileSync('vite', ['build', '--logLevel', 'error'], { cwd: folder, stdio: 'inherit' });
      files = getRequestListener(staticRoutes(join(folder, 'dist')).fetch);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function forward(origin: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method = 'GET', url = '/', headers } = incoming;
  const asked = request(`${origin}${url}`, { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  asked.on('error', () => outgoing.destroy());
  outgoing.on('close', () => asked.destroy());
  incoming.pipe(asked);
}
