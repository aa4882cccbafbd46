import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFloor, startOurs, startPouch } from './drain-servers.ts';
import { requirePeer } from './peers.ts';
import { median, row, type Bench, type BenchRow } from './row.ts';
import { slowProxy, type Weather } from './slow-proxy.ts';
import { buildTillPage, withPage } from './till-pages.ts';

const EVENTS = 10_000;
const ROUNDS = 3;
/** The most that our own till sends at once; PouchDB's default is 100. */
const BATCH = 500;

interface Took {
  readonly ours: number[];
  readonly pouch: number[];
  readonly pouchTuned: number[];
  readonly floor: number[];
}

/** A till behind a mobile network: 100 ms there and back, and every twentieth answer lost. */
const WEATHER: Weather = { roundTripMs: 100, lostAnswers: 0.05 };

/**
 * A morning without network comes back: 10,000 events in IndexedDB until the server has acknowledged that all are stored.
 * The peer copies the same events from PouchDB in the same browser to express-pouchdb; the floor reads the same rows, sends
 * them by plain fetch and inserts them into SQLite. Every round has fresh servers and a fresh browser profile on disk.
 */
export const drain10k: Bench = {
  name: 'drain.10k',
  async run() {
    requirePeer('pouchdb');
    const pages = await buildTillPage('drain');
    return rowsOf('drain.10k', await inRounds(pages, null));
  },
};

/** The same with 100 ms round trip and 5 % of the answers lost. */
export const drain10kWeather: Bench = {
  name: 'drain.10k.weather',
  async run() {
    requirePeer('pouchdb');
    const pages = await buildTillPage('drain');
    return rowsOf('drain.10k.weather', await inRounds(pages, WEATHER));
  },
};

async function inRounds(pages: string, weather: Weather | null): Promise<Took> {
  const took: Took = { ours: [], pouch: [], pouchTuned: [], floor: [] };
  for (let round = 0; round < ROUNDS; round++) await measure(pages, took, weather);
  return took;
}

function rowsOf(name: string, took: Took): BenchRow[] {
  const ours = median(took.ours);
  return [
    row(name, 'ms', ours, 'PouchDB, default options', median(took.pouch)),
    row(name, 'ms', ours, 'PouchDB, batches of 500', median(took.pouchTuned)),
    row(name, 'ms', ours, 'floor: fetch and SQLite insert', median(took.floor)),
  ];
}

async function measure(pages: string, took: Took, weather: Weather | null): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-drain-'));
  mkdirSync(join(folder, 'ours'));
  const ours = await startOurs(join(folder, 'ours'), pages);
  const floor = await startFloor(folder);
  const pouch = await startPouch(folder);
  const [toOurs, toFloor, toPouch] = await Promise.all(
    [ours, floor, pouch].map(({ url }) => slowProxy(url, weather ?? { roundTripMs: 0, lostAnswers: 0 })),
  );
  if (!toOurs || !toFloor || !toPouch) throw new Error('a proxy is missing');
  const at = weather === null ? { ours, floor, pouch } : { ours: toOurs, floor: toFloor, pouch: toPouch };
  try {
    await withPage(`${at.ours.url}/drain.html`, async (page) => {
      page.setDefaultTimeout(600_000);
      await page.waitForFunction(() => 'drainOurs' in window);
      // Pairing goes through; the till goes offline by itself right after it.
      await page.exposeFunction('weatherBegins', () => [toOurs, toFloor, toPouch].forEach((proxy) => proxy.begin()));
      const code = ours.code;
      took.ours.push(
        await page.evaluate(({ code, events }) => window.drainOurs(code, events), { code, events: EVENTS }),
      );
      const stored = await ours.stored();
      if (stored !== EVENTS) throw new Error(`our server has ${stored} events`);
      const floorAt = { url: at.floor.url, batch: BATCH };
      took.floor.push(await page.evaluate(({ url, batch }) => window.drainFloor(url, batch), floorAt));
      for (const [batch, into] of [
        [null, took.pouch],
        [BATCH, took.pouchTuned],
      ] as const) {
        const to = { url: `${at.pouch.url}/events-${batch}`, batch };
        into.push(await page.evaluate(({ url, batch }) => window.drainPouch(url, batch), to));
      }
    });
  } finally {
    await Promise.all([toOurs.close(), toFloor.close(), toPouch.close()]);
    await Promise.all([ours.close(), floor.close(), pouch.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}
