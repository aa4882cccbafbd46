import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { uuidV7 } from '../src/protocol/ids.ts';
import { PUSH_MAX_BYTES, type PushAnswer } from '../src/protocol/sync.ts';
import { BenchDevice, sale, type Send } from './device.ts';
import { figure, row, type Bench } from './row.ts';

/**
 * Scaled down ten times for one machine that plays both sides: 300 tills of 30 shops instead of 3,000 of 300, and a tenth of
 * the minute within which the retries of tills (full jitter, up to 60 s) let them come back; so as many arrive per second as in
 * the large storm. Each brings what a busy counter records in four hours.
 */
const SHOPS = 30;
const TILLS_EACH = 10;
const BACKLOG = 120;
const SPREAD_MS = 6000;
/** Tills that were never away and sell meanwhile: what they wait for is what a customer waits for. */
const SERVING = 20;
const SALE_EVERY_MS = 250;
const QUIET_SALES = 10;

interface Server {
  readonly send: Send;
  readonly codes: readonly string[];
  readonly close: () => void;
}

/** Tills come back after a four-hour outage; meanwhile customers are served elsewhere. */
export const storm: Bench = {
  name: 'storm',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'bench-storm-'));
    const server = await startServer(folder);
    try {
      const devices = await Promise.all(server.codes.map((code) => BenchDevice.pair(server.send, code)));
      const serving = devices.slice(0, SERVING);
      const back = devices.slice(SERVING);
      const backlogs = back.map((device) => recordBacklog(device));
      const quiet: number[] = [];
      await Promise.all(serving.map((device) => sellFor(server, device, quiet, QUIET_SALES)));
      const busy: number[] = [];
      const over = new AbortController();
      const selling = Promise.all(serving.map((device) => sellUntil(server, device, busy, over.signal)));
      const begin = performance.now();
      const arrivals = back.map((device, at) => bring(server, device, backlogs[at] ?? []));
      await Promise.all(arrivals);
      const drained = performance.now() - begin;
      over.abort();
      await selling;
      return [
        row('storm.serving', 'ms p99', percentile(busy, 0.99), 'the same without a storm', percentile(quiet, 0.99)),
        figure('storm.serving.p50', 'ms', percentile(busy, 0.5)),
        figure('storm.drained', 'ms', drained),
      ];
    } finally {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function startServer(folder: string): Promise<Server> {
  mkdirSync(folder, { recursive: true });
  const script = resolve(import.meta.dirname, 'storm-server.ts');
  const child = fork(script, [folder, String(SHOPS), String(TILLS_EACH)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const { url, codes } = await new Promise<{ url: string; codes: string[] }>((started, failed) => {
    child.once('message', (message) => started(message as { url: string; codes: string[] }));
    child.once('exit', (code) => failed(new Error(`the server ended with ${code}`)));
  });
  return { codes, send: (path, init) => fetch(url + path, init), close: () => child.kill() };
}

function recordBacklog(device: BenchDevice): string[] {
  const members = Array.from({ length: BACKLOG / 2 }, () => uuidV7(Date.now(), randomBytes(10)));
  return Array.from({ length: BACKLOG }, (_, n) =>
    device.record(members[n % members.length] ?? '', sale(n), Date.now()),
  );
}

/** Comes back at some moment of the spread, and brings everything in pushes as large as a till's. */
async function bring(server: Server, device: BenchDevice, events: readonly string[]): Promise<void> {
  await pause(Math.random() * SPREAD_MS);
  for (let at = 0; at < events.length;) {
    const part: string[] = [];
    for (let bytes = 0; at + part.length < events.length;) {
      const event = events[at + part.length] ?? '';
      bytes += event.length;
      if (bytes > PUSH_MAX_BYTES) break;
      part.push(event);
    }
    await pushAll(server, device, part);
    at += part.length;
  }
}

/** As a till does it: "not now" and a broken connection are tried again after a while. */
async function pushAll(server: Server, device: BenchDevice, events: readonly string[]): Promise<void> {
  for (let tries = 0; ; tries++) {
    const { path, init } = await device.push(events);
    const answer = await server.send(path, init).catch(() => null);
    if (answer?.ok) {
      const { results } = (await answer.json()) as PushAnswer;
      if (results.some(({ result }) => result !== 'duplicate')) throw new Error('a till was not believed');
      return;
    }
    await answer?.arrayBuffer();
    if (answer && ![429, 503].includes(answer.status)) throw new Error(`a push was answered ${answer.status}`);
    const asked = Number(answer?.headers.get('retry-after') ?? 0) * 1000;
    await pause(asked + Math.random() * Math.min(60_000, 1000 * 2 ** tries));
  }
}

async function sellFor(server: Server, device: BenchDevice, took: number[], sales: number): Promise<void> {
  for (let n = 0; n < sales; n++) await sellOnce(server, device, took);
}

async function sellUntil(server: Server, device: BenchDevice, took: number[], over: AbortSignal): Promise<void> {
  while (!over.aborted) await sellOnce(server, device, took);
}

/** One sale: from the push until the server has it on its disk. */
async function sellOnce(server: Server, device: BenchDevice, took: number[]): Promise<void> {
  const event = device.record(uuidV7(Date.now(), randomBytes(10)), sale(0), Date.now());
  const begin = performance.now();
  await pushAll(server, device, [event]);
  const ms = performance.now() - begin;
  took.push(ms);
  await pause(Math.max(0, SALE_EVERY_MS - ms));
}

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}
