import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { officeEn } from '../src/i18n/en/office.ts';
import { till as enTill } from '../src/i18n/en/till.ts';
import { officeHu } from '../src/i18n/hu/office.ts';
import { till as huTill } from '../src/i18n/hu/till.ts';
import { DEMO_PAIRING_CODE, DEMO_STAFF } from '../src/server/demo/access.ts';
import { writeClip } from '../tests/e2e/clips/clip.ts';
import { demoCard } from '../tests/e2e/demoCard.ts';
import { openShop } from '../tests/e2e/harness.ts';
import { makeTablet, type Tablet } from '../tests/e2e/tablet.ts';
import { readyForFlight, screenOf } from '../tests/e2e/till.ts';

/**
 * Takes the pictures of the README from the demo, as it is: `npm run screenshots`, in Hungarian with
 * `-- --language hu` (into docs/hu). The customer is scanned by the real camera path, with the server stopped.
 */
const { values } = parseArgs({ options: { language: { type: 'string', default: 'en' } } });
const hungarian = values.language === 'hu';
if (!hungarian && values.language !== 'en') throw new Error('--language is en or hu');
const folder = hungarian ? 'docs/hu' : 'docs';
const locale = hungarian ? 'hu-HU' : 'en-GB';
const words = hungarian ? huTill : enTill;
const officeWords = hungarian ? officeHu : officeEn;

/** A picture that is heavier makes the README slow to open. */
const MAX_BYTES = 300_000;
/** From here on the clip shows the phone held still. */
const AT_REST_S = 5;
/** Between two keys: faster typing is taken for a keyboard scanner. */
const HUMAN_MS = 120;
const SERVED_BEFORE = ['Vida Eszter', 'Oliver Brown'];

const [barista] = DEMO_STAFF;
const manager = DEMO_STAFF.find((one) => one.role === 'manager');
if (!manager) throw new Error('the demo has no manager');

mkdirSync(folder, { recursive: true });
const scratch = mkdtempSync(join(tmpdir(), 'regulars-pictures-'));
const opened: Tablet[] = [];
const shop = await openShop('demo');
try {
  const clip = join(scratch, 'nora.y4m');
  const scene = { text: await demoCard(shop.origin), kind: 'brightPhone', frames: 300, blankFramesBefore: 0 } as const;
  writeClip(clip, { seed: 4, fps: 10, scenes: [scene] });
  const counter = tablet(1180, 820, 1);
  await prepareCounter(counter);
  await pictureStart();
  await pictureCard();
  await pictureOffice();
  await shop.stop();
  await pictureCounter(counter, clip);
} finally {
  for (const one of opened) await one.dispose();
  await shop.dispose();
  rmSync(scratch, { recursive: true, force: true });
}

function tablet(width: number, height: number, scale: number): Tablet {
  const made = makeTablet({ viewport: { width, height }, locale, scale });
  opened.push(made);
  return made;
}

async function pageOf(of: Tablet, path: string, clip?: string): Promise<Page> {
  const browser = await of.open(clip);
  const page = browser.pages()[0] ?? (await browser.newPage());
  await page.goto(`${shop.origin}${path}`);
  return page;
}

async function take(page: Page, name: string, fullPage = false): Promise<void> {
  // The shop's own letters, and nothing that still moves (what moves with scrolling stands still by itself).
  await page.evaluate(() => document.fonts.ready);
  await page.waitForFunction(() =>
    document.getAnimations().every((one) => one.playState !== 'running' || !(one.timeline instanceof DocumentTimeline)),
  );
  const path = `${folder}/${name}.png`;
  await page.screenshot({ path, caret: 'hide', fullPage });
  const { size } = statSync(path);
  console.log(`${path}  ${Math.ceil(size / 1000)} kB`);
  if (size > MAX_BYTES) throw new Error(`${path} is heavier than ${MAX_BYTES / 1000} kB`);
}

async function typePin(page: Page, pin: string): Promise<void> {
  await page.locator('input[type=password]').waitFor({ state: 'attached' });
  await page.keyboard.type(pin, { delay: HUMAN_MS });
  await page.keyboard.press('Enter');
}

async function signIn(page: Page): Promise<void> {
  const { at } = screenOf(page);
  await at('staff').filter({ hasText: barista.name }).click();
  await typePin(page, barista.pin);
  await at('settings').waitFor();
}

/** Pairs the till while the network is there, and serves a few people, so that it looks like a morning. */
async function prepareCounter(counter: Tablet): Promise<void> {
  const page = await pageOf(counter, `/till/#pair=${DEMO_PAIRING_CODE}`);
  const till = screenOf(page);
  await page.locator('form button[type=submit]').click();
  await signIn(page);
  await readyForFlight(page);
  for (const name of SERVED_BEFORE) {
    await page.getByRole('button', { name: words.counter.newMember }).click();
    await page.getByLabel(words.enrollSheet.name, { exact: true }).fill(name);
    await page.getByRole('button', { name: words.enrollSheet.join }).click();
    await till.served(name);
    await till.at('product-cappuccino').click();
    await till.record();
    await till.at('close-member').click();
  }
  await page.keyboard.type('2150', { delay: HUMAN_MS });
  await till.at('no-card').click();
  await page.context().close();
}

async function pictureStart(): Promise<void> {
  await take(await pageOf(tablet(1180, 820, 1), '/'), 'start', true);
}

async function pictureCard(): Promise<void> {
  const page = await pageOf(tablet(390, 844, 2), '/demo/card');
  await page.locator('[data-test="qr"]').waitFor();
  await take(page, 'card');
}

async function pictureOffice(): Promise<void> {
  const page = await pageOf(tablet(1180, 820, 1), '/office/');
  await page.locator('form').waitFor();
  await page
    .getByRole('button')
    .filter({ has: page.locator('svg') })
    .first()
    .click();
  await page.locator('nav a[aria-current]').waitFor();
  await page.locator('[data-test="exceptions"], table').first().waitFor();
  // Yesterday is a whole day, at whatever hour the pictures are taken.
  await page.getByRole('button', { name: officeWords.today.previous }).click();
  await page.getByRole('button', { name: officeWords.today.backToToday }).waitFor();
  await page.locator('[data-test="exceptions"]').waitFor();
  await page.locator('table tbody tr').first().waitFor();
  await take(page, 'office');
}

async function pictureCounter(counter: Tablet, clip: string): Promise<void> {
  const page = await pageOf(counter, '/till/', clip);
  const till = screenOf(page);
  await signIn(page);
  await till.at('member').waitFor({ timeout: 60_000 });
  await till.at('product-latte').click();
  // She is recognized while her hand still moves; the picture is taken when it has come to rest.
  await page.waitForFunction((rest) => (document.querySelector('video')?.currentTime ?? 0) > rest, AT_REST_S);
  await take(page, 'counter');
  await page.emulateMedia({ colorScheme: 'dark' });
  await take(page, 'counter-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await till.record();
  await take(page, 'counter-after');
  // The first is the gift of the card; the second costs points, and says how many are left.
  await till.at('give').nth(1).click();
  await till.at('manager-sheet').waitFor();
  await typePin(page, manager?.pin ?? '');
  await till.at('redemption').waitFor();
  await take(page, 'redemption');
}
