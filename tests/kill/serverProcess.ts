import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Cut } from './cuts.ts';

/** A start takes about a second; this is for a machine that is busy with other things. */
const START_MS = 60_000;

/** Null controls: ways in which the server is made worse than it is; see `hook/child.ts`. */
export type ServerControl = 'ackBeforeCommit' | 'syncOff' | 'syncNormal';

export interface ServerPlan {
  readonly port: number;
  /** Folder for marks and caches. */
  readonly scratch: string;
  /** Which database; see `engines.ts`. */
  readonly env: Readonly<Record<string, string>>;
  readonly cut?: Cut;
  readonly control?: ServerControl;
}

/** The real server, `src/server/main.ts` in live mode, as a process of its own. */
export interface ServerProcess {
  readonly pid: number;
  /** Milliseconds from the start to the first good answer of `/ready`. */
  readonly readyMs: number;
  readonly kill: () => Promise<void>;
  /** Asks it to end, as a service manager does. */
  readonly stop: () => Promise<void>;
  /** Resolves when it is gone. */
  readonly gone: Promise<void>;
  /** What the cut point wrote before it died; `null`: it was not reached. */
  readonly mark: () => string | null;
  /** The end of what it has printed. */
  readonly printed: () => string;
}

/** Starts it and waits until it serves; `null` where a cut point ended it before. Throws with what it printed else. */
export async function startServer(plan: ServerPlan): Promise<ServerProcess | null> {
  const started = launch(plan);
  const from = performance.now();
  for (;;) {
    if (started.mark() !== null) {
      await started.gone;
      return null;
    }
    const ended = started.child.exitCode ?? started.child.signalCode;
    if (ended !== null) throw new Error(`the server ended (${ended}) instead of serving:\n${started.printed()}`);
    // Printed once it listens; without it, somebody else may be answering at this port.
    if (started.printed().includes('Regulars')) {
      const answer = await fetch(`http://127.0.0.1:${plan.port}/ready`).catch(() => null);
      if (answer?.ok === true) break;
    }
    if (performance.now() - from > START_MS) throw new Error(`the server is not ready in time:\n${started.printed()}`);
    await pause(10);
  }
  const { child, gone, mark, printed } = started;
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await gone;
  };
  return {
    pid: child.pid ?? 0,
    readyMs: performance.now() - from,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    gone,
    mark,
    printed,
  };
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

function launch({ port, scratch, env, cut, control }: ServerPlan) {
  const markFile = join(scratch, 'mark');
  rmSync(markFile, { force: true });
  const hooked = cut !== undefined || control !== undefined;
  const child: ChildProcess = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      ...(hooked ? ['--import', new URL('./hook/child.ts', import.meta.url).href] : []),
      'src/server/main.ts',
    ],
    {
      cwd: join(import.meta.dirname, '../..'),
      env: {
        ...process.env,
        NODE_ENV: 'test',
        NODE_COMPILE_CACHE: join(scratch, '../compiled'),
        REGULARS_MODE: 'live',
        REGULARS_LOG_LEVEL: 'error',
        HOST: '127.0.0.1',
        PORT: String(port),
        KILL_MARK: markFile,
        ...(cut && { KILL_CUT: cut.name, KILL_NTH: String(cut.nth), KILL_AFTER_MS: String(cut.afterMs) }),
        ...(control && { KILL_CONTROL: control }),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  running.add(child);
  child.once('exit', () => running.delete(child));
  let said = '';
  const keep = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const mark = () => (existsSync(markFile) ? readFileSync(markFile, 'utf8') : null);
  return { child, gone, mark, printed: () => said };
}
