import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chanceOf } from '../chance.ts';
import type { Engine } from '../engines.ts';
import { prepareShops } from '../life.ts';
import { openPushClient } from '../load/pushClient.ts';
import { LoadRecorder } from '../load/recorder.ts';
import { type ServerControl, startServer } from '../serverProcess.ts';
import { readStrace, type SyncReport } from './straceLog.ts';

export interface SyncRun {
  readonly engine: Engine;
  /** Pushes of one event, one after the other. */
  readonly pushes: number;
  readonly seed: number;
  readonly port: number;
  readonly folder: string;
  readonly control?: ServerControl;
}

/** Whether system calls can be watched here. */
export function hasStrace(): boolean {
  return spawnSync('strace', ['-V']).status === 0;
}

/**
 * Watches the system calls of the server, and of its database where that is a process of its own, while pushes of one
 * event are acknowledged one by one. A kill does not show what a power cut would take; this does.
 */
export async function countSyncs({ engine, pushes, seed, port, folder, control }: SyncRun): Promise<SyncReport> {
  mkdirSync(folder, { recursive: true });
  const chance = chanceOf(seed);
  const [till] = await prepareShops(engine, chance, { shops: 1, tillsEach: 1 });
  if (till === undefined) throw new Error('no till was paired');
  const server = await startServer({ port, scratch: folder, env: engine.env, ...(control && { control }) });
  if (server === null) throw new Error('the server did not start');
  try {
    const recorder = new LoadRecorder(till, chance);
    const client = await openPushClient(`http://127.0.0.1:${port}`, till);
    const push = async () => {
      const answer = await client.push([recorder.next()]);
      if (answer?.status !== 200) throw new Error(`a push was answered ${answer?.status} ${answer?.text}`);
    };
    // Connections and statements are there before anything is counted.
    for (let n = 0; n < 5; n++) await push();
    const log = join(folder, 'strace.log');
    const tracer = await trace([server.pid, ...engine.processes()], log);
    for (let n = 0; n < pushes; n++) await push();
    client.close();
    await ended(tracer, 'SIGINT');
    return readStrace(readFileSync(log, 'utf8'), engine.isLog);
  } finally {
    await server.kill();
  }
}

async function trace(pids: readonly number[], log: string): Promise<ChildProcess> {
  const calls = 'trace=fsync,fdatasync,pwrite64,pwritev,pwritev2,write,writev,sendto,sendmsg';
  const args = ['-f', '-y', '-s', '64', '-e', calls, '-e', 'signal=none', '-o', log];
  const tracer = spawn('strace', [...args, ...pids.flatMap((pid) => ['-p', String(pid)])], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    tracer.once('exit', () => reject(new Error(`strace ended: ${said}`)));
    tracer.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (pids.every((pid) => new RegExp(`Process ${pid} attached`).test(said))) resolve();
    });
  });
  return tracer;
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}
