import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { uuidV7 } from '../src/protocol/ids.ts';
import { createApp } from '../src/server/app.ts';
import { readConfig } from '../src/server/config.ts';
import { createDeps } from '../src/server/createDeps.ts';
import type { Deps } from '../src/server/deps.ts';
import { forBusiness } from '../src/server/store/connection/context.ts';
import { openSqlite } from '../src/server/store/connection/sqlite/open.ts';
import { createPairingCode } from '../src/server/usecases/pair.ts';
import { BenchDevice, sale } from './device.ts';
import { type Floor, type PushRows, postgresFloor, sqliteFloor } from './ingest-rows.ts';
import { median, row, type Bench, type BenchRow } from './row.ts';
import { NO_LIMITS, openShop, SHOP } from './shop.ts';

/** Tills that push side by side, each waiting for its answer before it sends the next. */
const TILLS = 32;
const ROUNDS = 3;

/** How much is pushed, and how much at once: a sale as it happens, or a queue of 256 KB. */
const LOADS = [
  { name: 'single', events: 6400, atOnce: 1 },
  { name: 'batched', events: 38_400, atOnce: 200 },
] as const;
type Load = (typeof LOADS)[number];

/** Where a round takes place: our server's settings, and the same tables for the bare writer. */
interface Place {
  readonly settings: Readonly<Record<string, string>>;
  readonly openFloor: () => Promise<Floor>;
}

/** Both sides write the same rows with the same sync mode; ours in signed requests, everything but the socket. */
export const serverIngest: Bench = {
  name: 'server.ingest',
  async run() {
    const rows: BenchRow[] = [];
    for (const load of LOADS) {
      const took = await inRounds(load, inFolder);
      const peer = 'bare better-sqlite3, same rows';
      rows.push(row(`server.ingest.${load.name}`, 'events/s', median(took.ours), peer, median(took.bare)));
    }
    return rows;
  },
};

/** The same on PostgreSQL, for which the cluster of the tests is started. */
export const serverIngestPostgres: Bench = {
  name: 'server.ingest.postgres',
  async run() {
    const { startCluster } = await import('../tests/postgres/cluster.ts');
    const cluster = await startCluster();
    try {
      const rows: BenchRow[] = [];
      let n = 0;
      for (const load of LOADS) {
        const took = await inRounds(load, async () => {
          n += 1;
          await cluster.createDatabase(`ours${n}`);
          await cluster.createDatabase(`bare${n}`);
          const prepared = {
            DATABASE_URL: cluster.url(`bare${n}`),
            ...ownerOf(cluster.url(`bare${n}`, 'regulars_owner')),
          };
          await (await createBenchDeps(prepared)).db.destroy();
          return {
            settings: { DATABASE_URL: cluster.url(`ours${n}`), ...ownerOf(cluster.url(`ours${n}`, 'regulars_owner')) },
            openFloor: async () => postgresFloor(cluster.url(`bare${n}`, 'postgres'), 10),
          };
        });
        const peer = 'bare pg, same rows';
        rows.push(row(`server.ingest.postgres.${load.name}`, 'events/s', median(took.ours), peer, median(took.bare)));
      }
      return rows;
    } finally {
      await cluster.remove();
    }
  },
};

const ownerOf = (url: string) => ({ DATABASE_OWNER_URL: url });

async function inFolder(folder: string): Promise<Place> {
  mkdirSync(join(folder, 'ours'));
  const file = join(folder, 'bare.sqlite');
  return {
    settings: { REGULARS_DATA: join(folder, 'ours') },
    openFloor: async () => {
      await (await openSqlite(file)).destroy();
      return sqliteFloor(file);
    },
  };
}

/** Events per second of both, round by round. */
async function inRounds(load: Load, place: (folder: string) => Promise<Place>) {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-ingest-'));
    try {
      const { settings, openFloor } = await place(folder);
      const { perSecond, pushes } = await measureOurs(load, settings);
      ours.push(perSecond);
      const floor = await openFloor();
      try {
        bare.push(await measureFloor(load, floor, pushes));
      } finally {
        await floor.close();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { ours, bare };
}

async function measureOurs(load: Load, settings: Readonly<Record<string, string>>) {
  const deps = await createBenchDeps(settings);
  try {
    await openShop(deps);
    const app = createApp(deps, { rates: NO_LIMITS });
    const queues = await recordAll(load, deps, app);
    const begin = performance.now();
    await Promise.all(queues.map((queue) => sendAll(app, queue)));
    const perSecond = (load.events / (performance.now() - begin)) * 1000;
    return { perSecond, pushes: await forBusiness(SHOP, () => rowsOf(deps, load)) };
  } finally {
    await deps.db.destroy();
  }
}

async function createBenchDeps(settings: Readonly<Record<string, string>>): Promise<Deps> {
  const config = readConfig({ REGULARS_LOG_LEVEL: 'error', ...settings });
  if (!config.ok) throw new Error(config.problems.join());
  return createDeps(config.config);
}

type Prepared = Awaited<ReturnType<BenchDevice['push']>>;

/** Every till's pushes, recorded and signed beforehand. */
async function recordAll(load: Load, deps: Deps, app: Hono): Promise<Prepared[][]> {
  const each = load.events / TILLS;
  return Promise.all(
    Array.from({ length: TILLS }, async () => {
      const { code } = await forBusiness(SHOP, () =>
        createPairingCode(deps, SHOP, { deviceName: 'Till', location: 'main' }),
      );
      const device = await BenchDevice.pair(async (path, init) => app.request(path, init), code);
      const members = Array.from({ length: Math.ceil(each / 2) }, () => uuidV7(Date.now(), randomBytes(10)));
      const events = Array.from({ length: each }, (_, n) =>
        device.record(members[n % members.length] ?? '', sale(n), Date.now()),
      );
      const pushes: Prepared[] = [];
      for (let at = 0; at < each; at += load.atOnce) pushes.push(await device.push(events.slice(at, at + load.atOnce)));
      return pushes;
    }),
  );
}

async function sendAll(app: Hono, queue: readonly Prepared[]): Promise<void> {
  for (const { path, init } of queue) {
    const answer = await app.request(path, init);
    const { results } = (await answer.json()) as { readonly results?: readonly unknown[] };
    if (answer.status !== 200 || results?.length !== 0) throw new Error(`a push was answered ${answer.status}`);
  }
}

/** What our server has written, push by push, so that the other side writes the same. */
async function rowsOf(deps: Deps, load: Load): Promise<PushRows[]> {
  const { db } = deps;
  const events = await db.selectFrom('events').selectAll().where('business', '=', SHOP).orderBy('gseq').execute();
  if (events.length !== load.events) throw new Error(`our server has ${events.length} events`);
  const members = await db.selectFrom('members').selectAll().where('business', '=', SHOP).execute();
  const byMember = new Map(members.map((member) => [member.member, member]));
  const streams = await db.selectFrom('streams').selectAll().where('business', '=', SHOP).execute();
  const byDevice = new Map(streams.map((stream) => [stream.device, stream]));
  const pushes: PushRows[] = [];
  for (let at = 0; at < events.length; at += load.atOnce) {
    const part = events.slice(at, at + load.atOnce);
    const stream = byDevice.get(part[0]?.device ?? '');
    if (stream === undefined) throw new Error('a till without a stream');
    const touched = new Set(part.map((event) => event.member));
    pushes.push({
      events: part,
      members: [...touched].flatMap((member) => byMember.get(member ?? '') ?? []),
      stream,
    });
  }
  return pushes;
}

async function measureFloor(load: Load, floor: Floor, pushes: readonly PushRows[]): Promise<number> {
  const begin = performance.now();
  // As many at a time as tills; a database with one writer takes them one by one all the same.
  const waiting = pushes.values();
  await Promise.all(
    Array.from({ length: TILLS }, async () => {
      for (const push of waiting) await floor.write(push);
    }),
  );
  return (load.events / (performance.now() - begin)) * 1000;
}
