import type { BrowserContext, Page } from 'playwright-core';
import { BARISTA } from '../../e2e/shop.ts';
import type { Row } from '../row.ts';
import { killBrowser } from './killBrowser.ts';
import { type Counter, openCounter } from './counter.ts';

/**
 * The till's own database is set back to an older schema (a lower version without one of its tables, as a till that was
 * updated would have it), and the browser is killed while the till brings it up to date. Nothing may be missing after
 * the next start, and the till must sell again.
 */
export async function killDuringUpgrade(kills: number): Promise<Row> {
  const counter = await openCounter();
  const problems: string[] = [];
  let run = 0;
  try {
    const opened = await counter.open();
    await counter.sell(opened.till);
    await opened.context.close();
    while (run < kills && problems.length === 0) {
      await setBack(counter);
      await killInUpgrade(counter);
      run += 1;
      const { context, till } = await counter.open();
      await till.at('staff').filter({ hasText: BARISTA.name }).waitFor();
      const stored = (await counter.sales(till)).length;
      if (stored !== run) problems.push(`${run} sales before upgrade ${run}, ${stored} after it`);
      await counter.sell(till);
      await context.close();
    }
  } finally {
    await counter.close();
  }
  return { kill: 'browser.duringUpgrade', run, failed: problems.length === 0 ? 0 : 1, problems };
}

/** Copies the database into one with a lower version and without the table of PIN tries, on a page that is not the till. */
async function setBack({ profile, shop }: Counter): Promise<void> {
  const context = await profile.open();
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`${shop.origin}/health`);
  await rewrite(page);
  await context.close();
}

async function rewrite(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const name = 'regulars-till-ledger';
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('failed')));
      });
    const now = await done(indexedDB.open(name));
    const { version } = now;
    const tables = [...now.objectStoreNames].filter((table) => table !== 'pins');
    const reading = now.transaction(tables);
    const kept = await Promise.all(
      tables.map(async (table) => {
        const store = reading.objectStore(table);
        return { table, keyPath: store.keyPath as string, rows: await done(store.getAll()) };
      }),
    );
    now.close();
    await done(indexedDB.deleteDatabase(name));
    const opening = indexedDB.open(name, version - 5);
    opening.addEventListener('upgradeneeded', () => {
      for (const { table, keyPath, rows } of kept) {
        const store = opening.result.createObjectStore(table, { keyPath });
        for (const row of rows) store.put(row);
      }
    });
    (await done(opening)).close();
  });
}

/** Opens the till and kills the browser inside the transaction that changes the schema. */
async function killInUpgrade({ open, profile }: Counter): Promise<void> {
  let reached: () => void = () => undefined;
  const inside = new Promise<void>((resolve) => (reached = resolve));
  const before = async (context: BrowserContext) => {
    await context.exposeBinding('upgrading', () => reached());
    await context.addInitScript(() => {
      const { open } = IDBFactory.prototype;
      IDBFactory.prototype.open = function watched(this: IDBFactory, name: string, version?: number) {
        const request = version === undefined ? open.call(this, name) : open.call(this, name, version);
        if (name !== 'regulars-till-ledger') return request;
        request.addEventListener('upgradeneeded', () => {
          (window as unknown as { upgrading: () => void }).upgrading();
          // Keeps the transaction open, while the kill is on its way.
          for (const until = performance.now() + 3000; performance.now() < until;);
        });
        return request;
      };
    });
  };
  // The page goes down in the middle of its loading.
  const opening = open({ before }).catch(() => undefined);
  await inside;
  await killBrowser(profile.folder);
  await opening;
}
