import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFloor, startOurs, startPouch } from './drain-servers.ts';
import { requirePeer } from './peers.ts';
import { median, row, type Bench } from './row.ts';
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
    const took: Took = { ours: [], pouch: [], pouchTuned: [], floor: [] };
    for (let round = 0; round < ROUNDS; round++) await measure(pages, took);
    const ours = median(took.ours);
    return [
      row('drain.10k', 'ms', ours, 'PouchDB, default options', median(took.pouch)),
      row('drain.10k', 'ms', ours, 'PouchDB, batches of 500', median(took.pouchTuned)),
      row('drain.10k', 'ms', ours, 'floor: fetch and SQLite insert', median(took.floor)),
    ];
  },
};

async function measure(pages: string, took: Took): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-drain-'));
  mkdirSync(join(folder, 'ours'));
  const ours = await startOurs(join(folder, 'ours'), pages);
  const floor = await startFloor(folder);
  const pouch = await startPouch(folder);
  try {
    await withPage(`${ours.url}/drain.html`, async (page) => {
      page.setDefaultTimeout(300_000);
      await page.waitForFunction(() => 'drainOurs' in window);
      const code = ours.code;
      took.ours.push(
        await page.evaluate(({ code, events }) => window.drainOurs(code, events), { code, events: EVENTS }),
      );
      const stored = await ours.stored();
      if (stored !== EVENTS) throw new Error(`our server has ${stored} events`);
      const floorAt = { url: floor.url, batch: BATCH };
      took.floor.push(await page.evaluate(({ url, batch }) => window.drainFloor(url, batch), floorAt));
      for (const [batch, into] of [
        [null, took.pouch],
        [BATCH, took.pouchTuned],
      ] as const) {
        const at = { url: `${pouch.url}/events-${batch}`, batch };
        into.push(await page.evaluate(({ url, batch }) => window.drainPouch(url, batch), at));
      }
    });
  } finally {
    await Promise.all([ours.close(), floor.close(), pouch.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}
