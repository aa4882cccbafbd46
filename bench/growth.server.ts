import { randomInt } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Hono } from 'hono';
import { createApp } from '../src/server/app.ts';
import { readConfig } from '../src/server/config.ts';
import { createDeps } from '../src/server/createDeps.ts';
import type { Deps } from '../src/server/deps.ts';
import { forBusiness } from '../src/server/store/connection/context.ts';
import { databaseFile } from '../src/server/store/connection/open.ts';
import { createPairingCode } from '../src/server/usecases/pair.ts';
import { customer, seedCrowd } from './crowd.ts';
import { BenchDevice, sale } from './device.ts';
import { median, row, type Bench } from './row.ts';
import { NO_LIMITS, openShop, SHOP } from './shop.ts';

const SIZES = {
  small: { members: 100, events: 1000 },
  large: { members: 100_000, events: 1_000_000 },
} as const;
const WARM_UPS = 100;
const ROUNDS = 1000;

interface Shop {
  readonly deps: Deps;
  readonly app: Hono;
  readonly device: BenchDevice;
  readonly members: number;
}

/** The server's share of growth: one sale pushed, booked and on the disk, in a young and in an old ledger, in turns. */
export const growthServer: Bench = {
  name: 'growth.server',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'bench-growth-'));
    const small = await openGrown(join(folder, 'small'), SIZES.small);
    const large = await openGrown(join(folder, 'large'), SIZES.large);
    const took = { small: [] as number[], large: [] as number[] };
    try {
      for (let round = 0; round < WARM_UPS + ROUNDS; round++) {
        for (const [shop, into] of [
          [small, took.small],
          [large, took.large],
        ] as const) {
          const ms = await pushOne(shop, round);
          if (round >= WARM_UPS) into.push(ms);
        }
      }
    } finally {
      await Promise.all([small.deps.db.destroy(), large.deps.db.destroy()]);
      rmSync(folder, { recursive: true, force: true });
    }
    const peer = 'the same with 100 members, 1,000 events';
    return [row('growth.server', 'ms p50', median(took.large), peer, median(took.small))];
  },
};

async function pushOne({ app, device, members }: Shop, round: number): Promise<number> {
  const event = device.record(customer(randomInt(members)).member, sale(round), Date.now());
  const { path, init } = await device.push([event]);
  const begin = performance.now();
  const answer = await app.request(path, init);
  const ms = performance.now() - begin;
  if (answer.status !== 200) throw new Error(`a push was answered ${answer.status}`);
  return ms;
}

async function openGrown(folder: string, { members, events }: { readonly members: number; readonly events: number }) {
  mkdirSync(folder, { recursive: true });
  const config = readConfig({ REGULARS_DATA: folder, REGULARS_LOG_LEVEL: 'error' });
  if (!config.ok) throw new Error(config.problems.join());
  const empty = await createDeps(config.config);
  await openShop(empty);
  await seedCrowd(empty, members);
  await empty.db.destroy();
  seedLedger(databaseFile(config.config), members, events);
  const deps = await createDeps(config.config);
  const app = createApp(deps, { rates: NO_LIMITS });
  const { code } = await forBusiness(SHOP, () =>
    createPairingCode(deps, SHOP, { deviceName: 'Till', location: 'main' }),
  );
  const device = await BenchDevice.pair(async (path, init) => app.request(path, init), code);
  return { deps, app, device, members };
}

/** Puts old events into the ledger, as large as real ones; booking never reads them again. */
function seedLedger(file: string, members: number, count: number): void {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -262144');
  const insert = db.prepare(
    `insert into events (business, gseq, id, device, run, seq, hash, chain, bytes, kind, staff, member, received_at, day, booked, flags)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'sale', null, ?, ?, ?, '[]', '[]')`,
  );
  const ids = Array.from({ length: Math.min(members, 5000) }, (_, n) => customer(n).member);
  const bytes = JSON.stringify({ old: 'x'.repeat(600) });
  const begin = Date.UTC(2024, 0, 1);
  const insertMany = db.transaction((from: number, to: number) => {
    for (let n = from; n <= to; n++) {
      const hash = n.toString(16).padStart(64, '0');
      const at = begin + n * 60_000;
      const day = new Date(at).toISOString().slice(0, 10);
      const id = `018c0000-0000-7000-8000-${String(n).padStart(12, '0')}`;
      insert.run(SHOP, n, id, `device-${n % 8}`, 'old', n, hash, hash, bytes, ids[n % ids.length], at, day);
    }
    db.prepare('update businesses set head = ? where business = ?').run(to, SHOP);
  });
  for (let from = 1; from <= count; from += 10_000) insertMany(from, Math.min(count, from + 9999));
  db.close();
}
