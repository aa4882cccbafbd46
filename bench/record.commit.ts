import { median, row, type Bench } from './row.ts';
import { serveFolder } from './static-server.ts';
import type { Times } from './till-page/record.ts';
import { buildTillPage, withPage } from './till-pages.ts';

const WARM_UPS = 100;
const ROUNDS = 1000;

/**
 * A confirmed sale (engine, canonical bytes, hash, strict transaction, and what the screen shows after it) against the
 * strict transaction alone; real Chromium, profile on disk, in turns.
 */
export const recordCommit: Bench = {
  name: 'record.commit',
  async run() {
    const server = await serveFolder(await buildTillPage('record'));
    try {
      const times: Times = await withPage(`${server.url}/record.html`, async (page) => {
        page.setDefaultTimeout(180_000);
        await page.waitForFunction(() => 'measureRecord' in window);
        return page.evaluate(({ warmUps, rounds }) => window.measureRecord(warmUps, rounds), {
          warmUps: WARM_UPS,
          rounds: ROUNDS,
        });
      });
      const peer = 'bare Dexie strict transaction';
      return [row('record.commit', 'ms p50', median(times.ours), peer, median(times.bare))];
    } finally {
      await server.close();
    }
  },
};
