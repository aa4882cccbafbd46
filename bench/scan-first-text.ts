import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { writeClip } from '../tests/e2e/clips/clip.ts';
import { CHROMIUM_ARGS, findChromium } from '../tools/chromium.ts';
import { openCounter } from './counter.ts';
import { median, row, type Bench } from './row.ts';
import type { Moments } from './scan-page/moments.ts';
import { serveFolder } from './static-server.ts';

/** Another hand, another way of holding the phone, for each. */
const CLIPS = [1, 2, 3, 4, 5];
/** Empty frames at the start; few, because nobody can read them and they only blur the comparison. */
const LEAD_IN = 3;
const GIVE_UP_MS = 15_000;
const PEER = '@zxing/browser default options';

/**
 * A dim phone swings in, 1280x720, a fresh browser for every run, in turns: from the camera's first picture to the
 * member's name on the screen of the real till, against the peer's first picture to the bare text. The second row is our
 * scan room alone on such a page.
 */
export const scanFirstText: Bench = {
  name: 'scan.firstText',
  async run() {
    if (!existsSync('dist/index.html')) throw new Error('there is no till to open; run `npm run build` first');
    const folder = mkdtempSync(join(tmpdir(), 'bench-scan-'));
    const server = await serveFolder(await buildPages());
    const counter = await openCounter();
    const took: Record<'till' | 'room' | 'peer', number[]> = { till: [], room: [], peer: [] };
    try {
      const text = counter.card;
      for (const seed of CLIPS) {
        const clip = join(folder, 'dim.y4m');
        writeClip(clip, { seed, scenes: [{ text, kind: 'dimPhone', frames: 84, blankFramesBefore: LEAD_IN }] });
        took.till.push((await counter.firstMember(clip, GIVE_UP_MS)) ?? GIVE_UP_MS);
        took.room.push(await firstText(`${server.url}/ours.html`, clip, text));
        took.peer.push(await firstText(`${server.url}/peer.html`, clip, text));
      }
    } finally {
      await counter.dispose();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    }
    const peer = median(took.peer);
    return [
      row('scan.firstText', 'ms', median(took.till), PEER, peer),
      row('scan.firstText.room', 'ms', median(took.room), PEER, peer),
    ];
  },
};

/** One fresh browser, so that the clip starts at its first picture. A page that reads nothing counts with the time it was given. */
async function firstText(url: string, clip: string, text: string): Promise<number> {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: [
      ...CHROMIUM_ARGS,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${clip}`,
    ],
  });
  try {
    const page = await browser.newPage();
    await page.goto(url);
    const read = () =>
      page.waitForFunction(() => window.moments.text !== null, undefined, { timeout: GIVE_UP_MS, polling: 50 });
    const found = await read().then(
      () => true,
      () => false,
    );
    const moments: Moments = await page.evaluate(() => window.moments);
    if (moments.firstFrame === null) throw new Error(`${url}: no picture from the camera`);
    if (!found || moments.text === null) return GIVE_UP_MS;
    if (moments.texts[0] !== text) throw new Error(`${url}: read another text than the clip shows`);
    return moments.text - moments.firstFrame;
  } finally {
    await browser.close();
  }
}

async function buildPages(): Promise<string> {
  const root = resolve(import.meta.dirname, 'scan-page');
  const outDir = resolve('.cache/bench/scan-page');
  mkdirSync(outDir, { recursive: true });
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [react()],
    build: {
      outDir,
      emptyOutDir: true,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: { ours: join(root, 'ours.html'), peer: join(root, 'peer.html') } },
    },
  });
  return outDir;
}
