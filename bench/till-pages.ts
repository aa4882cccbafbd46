import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { CHROMIUM_ARGS, findChromium } from '../tools/chromium.ts';

/** Builds one page of `till-page/`, the way the till itself is built; gives the folder. */
export async function buildTillPage(name: string): Promise<string> {
  const root = resolve(import.meta.dirname, 'till-page');
  const outDir = resolve('.cache/bench', `till-page-${name}`);
  mkdirSync(outDir, { recursive: true });
  await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: true,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: { [name]: join(root, `${name}.html`) } },
    },
  });
  return outDir;
}

/** Opens a page in a browser with a profile on disk (a private window would keep its databases in memory). */
export async function withPage<T>(url: string, run: (page: Page) => Promise<T>): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), 'bench-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await findChromium(),
    args: CHROMIUM_ARGS,
  });
  try {
    const page = await context.newPage();
    await page.goto(url);
    return await run(page);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
