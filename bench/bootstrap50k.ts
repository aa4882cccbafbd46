import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { customer, seedCrowd } from './crowd.ts';
import { startOurs, startPouch } from './drain-servers.ts';
import { requirePeer } from './peers.ts';
import { figure, median, row, type Bench } from './row.ts';
import type { Booted } from './till-page/bootstrap.ts';
import { buildTillPage, withPage } from './till-pages.ts';

const MEMBERS = 50_000;
const ROUNDS = 3;

interface Took {
  readonly ours: Booted[];
  readonly rows: number[];
  readonly pouch: number[];
}

/**
 * A fresh tablet in a shop with 50,000 customers: from the pairing code until the first customer is served, and until every
 * customer is found by card, phone and name. The peer copies the same members from express-pouchdb; the floor only writes
 * them, in memory already, as rows. Every round has a fresh browser profile on disk.
 */
export const bootstrap50k: Bench = {
  name: 'bootstrap.50k',
  async run() {
    requirePeer('pouchdb');
    const pages = await buildTillPage('bootstrap');
    const folder = mkdtempSync(join(tmpdir(), 'bench-bootstrap-'));
    mkdirSync(join(folder, 'ours'));
    const ours = await startOurs(join(folder, 'ours'), pages, (deps) => seedCrowd(deps, MEMBERS));
    const pouch = await startPouch(folder);
    const took: Took = { ours: [], rows: [], pouch: [] };
    try {
      await fillPouch(`${pouch.url}/members`);
      for (let round = 0; round < ROUNDS; round++) await measure(ours, `${pouch.url}/members`, took);
    } finally {
      await Promise.all([ours.close(), pouch.close()]);
      rmSync(folder, { recursive: true, force: true });
    }
    const complete = median(took.ours.map((one) => one.complete));
    return [
      row('bootstrap.50k', 'ms', complete, 'PouchDB, batches of 1000', median(took.pouch)),
      row('bootstrap.50k', 'ms', complete, 'floor: bare Dexie bulkPut of rows', median(took.rows)),
      figure('bootstrap.50k.first', 'ms', median(took.ours.map((one) => one.first))),
    ];
  },
};

async function measure(ours: Awaited<ReturnType<typeof startOurs>>, members: string, took: Took): Promise<void> {
  const code = await ours.newCode();
  await withPage(`${ours.url}/bootstrap.html`, async (page) => {
    page.setDefaultTimeout(600_000);
    await page.waitForFunction(() => 'bootOurs' in window);
    const phone = customer(MEMBERS - 1).profile?.phone?.slice(-9) ?? '';
    took.ours.push(await page.evaluate(({ code, phone }) => window.bootOurs(code, phone), { code, phone }));
    took.rows.push(await page.evaluate((count) => window.bootRows(count), MEMBERS));
    const at = { url: members, count: MEMBERS };
    took.pouch.push(await page.evaluate(({ url, count }) => window.bootPouch(url, 1000, count), at));
  });
}

async function fillPouch(url: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const made = await fetch(url, { method: 'PUT' });
  if (!made.ok) throw new Error(`PouchDB's server made no database (${made.status})`);
  for (let from = 0; from < MEMBERS; from += 1000) {
    const docs = Array.from({ length: 1000 }, (_, at) => {
      const { member, ...record } = customer(from + at);
      return { _id: member, ...record };
    });
    const stored = await fetch(`${url}/_bulk_docs`, { method: 'POST', headers, body: JSON.stringify({ docs }) });
    if (!stored.ok) throw new Error(`PouchDB's server took no documents (${stored.status})`);
    await stored.arrayBuffer();
  }
}
