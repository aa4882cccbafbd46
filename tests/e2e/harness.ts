import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../../tools/chromium.ts';
import { freePort } from '../freePort.ts';

/** A real server process on its own port and data folder; it can be stopped, killed and started again in the same place. */
export interface Shop {
  readonly origin: string;
  start(): Promise<void>;
  /** Asks it to end, as a service manager would. */
  stop(): Promise<void>;
  /** What it has printed so far. */
  output(): string;
  dispose(): Promise<void>;
}

export async function openShop(mode: 'demo' | 'live'): Promise<Shop> {
  const data = mkdtempSync(join(tmpdir(), 'regulars-data-'));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  let child: ChildProcess | null = null;
  let printed = '';

  const start = async () => {
    const started = spawn('node', ['--disable-warning=ExperimentalWarning', 'src/server/main.ts'], {
      env: { ...process.env, REGULARS_MODE: mode, PORT: String(port), REGULARS_DATA: data, NODE_ENV: 'test' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    const keep = (chunk: Buffer) => {
      printed += chunk.toString();
    };
    started.stdout.on('data', keep);
    started.stderr.on('data', keep);
    await until(async () => {
      if (started.exitCode !== null) throw new Error(`the server ended:\n${printed}`);
      const answer = await fetch(`${origin}/ready`).catch(() => null);
      return answer?.ok === true;
    }, 'the server to be ready');
  };

  const stop = async () => {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGTERM');
    await ended;
  };

  await start();
  return {
    origin,
    start,
    stop,
    output: () => printed,
    dispose: async () => {
      await stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** A browser profile on disk, as a tablet has one: it can be opened, killed and opened again. */
export interface Profile {
  readonly folder: string;
  open(clip?: string): Promise<BrowserContext>;
  /** SIGKILL for every process of this profile: nothing gets a chance to be flushed. */
  kill(): void;
  dispose(): void;
}

export function makeProfile(options: { viewport: { width: number; height: number }; locale: string }): Profile {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-profile-'));
  const kill = () => {
    spawnSync('pkill', ['-KILL', '-f', `user-data-dir=${folder}`]);
  };
  return {
    folder,
    open: async (clip) => {
      // A step that failed may have left its browser behind.
      kill();
      rmSync(join(folder, 'SingletonLock'), { force: true });
      return chromium.launchPersistentContext(folder, {
        executablePath: await findChromium(),
        args: [
          ...CHROMIUM_ARGS,
          '--use-fake-device-for-media-stream',
          '--use-fake-ui-for-media-stream',
          ...(clip === undefined ? [] : [`--use-file-for-fake-video-capture=${clip}`]),
        ],
        viewport: options.viewport,
        locale: options.locale,
        timezoneId: 'Europe/Budapest',
      });
    },
    kill,
    dispose: () => {
      kill();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** Waits for a condition, never for time; says what it waited for when it gives up. */
export async function until(condition: () => Promise<boolean> | boolean, what: string, forMs = 60_000): Promise<void> {
  const end = Date.now() + forMs;
  for (;;) {
    if (await condition()) return;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
