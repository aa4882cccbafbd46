import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';

const MAIN = fileURLToPath(new URL('../../src/server/main.ts', import.meta.url));

/** One server process, as it runs in production, on a port of its own. */
export interface ServerProcess {
  readonly port: number;
  readonly origin: string;
  /** Starts it (again); resolves when it is ready to serve. */
  readonly start: () => Promise<void>;
  /** SIGKILL: no chance to finish anything. Resolves when it is gone. */
  readonly kill: () => Promise<void>;
  readonly alive: () => boolean;
}

export async function makeProcess(database: string, owner: string): Promise<ServerProcess> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  return {
    port,
    origin,
    alive: () => child !== null,
    start: async () => {
      const env = {
        ...process.env,
        NODE_ENV: 'test',
        PORT: String(port),
        HOST: '127.0.0.1',
        REGULARS_MODE: 'live',
        REGULARS_PUBLIC_URL: 'http://shop.example',
        REGULARS_METRICS_TOKEN: 'a token for this test',
        REGULARS_LOG_LEVEL: 'error',
        DATABASE_URL: database,
        DATABASE_OWNER_URL: owner,
        DATABASE_POOL: '6',
      };
      let said = '';
      const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      started.once('exit', () => {
        if (child === started) child = null;
      });
      for (const stream of [started.stdout, started.stderr]) {
        stream.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)));
      }
      for (;;) {
        if (child !== started) throw new Error(`The server ended at its start:\n${said}`);
        const ready = await fetch(`${origin}/ready`).catch(() => null);
        if (ready?.ok) return;
        await pause(50);
      }
    },
    kill: async () => {
      const killed = child;
      if (killed === null) return;
      const gone = new Promise((resolve) => killed.once('exit', resolve));
      killed.kill('SIGKILL');
      await gone;
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
