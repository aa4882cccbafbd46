import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { CHROMIUM_ARGS, findChromium } from '../../tools/chromium.ts';
import { writeClip } from './clips/clip.ts';
import { makeProfile, openShop, until, type Profile, type Shop } from './harness.ts';
import { till as words } from '../../src/i18n/en/till.ts';
import { BARISTA, joinByPhone, setUpShop, type Office, type PhoneCustomer } from './shop.ts';
import { openTill, readyForFlight, type TillScreen } from './till.ts';

/**
 * The main job, as a barista does it, through the real camera path: Chromium plays clips made a moment ago, the server is
 * a real process that is stopped and started, the browser is killed. The steps build on each other.
 */
const LANDSCAPE = { viewport: { width: 1180, height: 820 }, locale: 'en-GB' };
const scratch = mkdtempSync(join(tmpdir(), 'regulars-clips-'));

let shop: Shop;
let office: Office;
let first: Profile;
let second: Profile;
let till: TillScreen;
let phone: Browser;
let card: Page;
let nora: PhoneCustomer;
let bela: PhoneCustomer;
let csilla: PhoneCustomer;

/** A clip of one customer who holds the phone before the camera and keeps it there. */
function clipOf(name: string, customers: readonly PhoneCustomer[], frames: number): string {
  const path = join(scratch, `${name}.y4m`);
  const kinds = ['dimPhone', 'printedCard', 'darkModePhone'] as const;
  writeClip(path, {
    seed: 7,
    fps: 5,
    scenes: customers.map((customer, at) => ({
      text: customer.qr,
      kind: kinds[at % kinds.length] ?? 'dimPhone',
      frames,
      blankFramesBefore: customers.length > 1 ? 10 : 0,
    })),
  });
  return path;
}

beforeAll(async () => {
  shop = await openShop('live');
  office = await setUpShop(shop);
  nora = await joinByPhone(shop, office, 'Kelemen Nóra');
  bela = await joinByPhone(shop, office, 'Nagy Béla');
  csilla = await joinByPhone(shop, office, 'Őri Csilla');
  first = makeProfile(LANDSCAPE);
  second = makeProfile(LANDSCAPE);
  phone = await chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_ARGS });
});

afterAll(async () => {
  await phone?.close();
  first?.dispose();
  second?.dispose();
  await shop?.dispose();
  rmSync(scratch, { recursive: true, force: true });
});

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  const name = task.name.replaceAll(/\W+/g, '-').slice(0, 60);
  await till.page.screenshot({ path: `.cache/e2e/${name}.png` }).catch(() => undefined);
});

it('pairs a fresh tablet, which is ready for flight mode after its first load', async () => {
  const context = await first.open();
  till = await openTill(context, shop, `#pair=${await office.pairingCode('Counter 1')}`);
  await till.page.getByRole('button', { name: 'Connect' }).click();
  await till.signIn(BARISTA);
  await readyForFlight(till.page);
  await until(async () => /^Online$/.test(await till.connection()), 'the till to be online with nothing unsent');
  await context.close();
});

it('stamps three customers in turn with the server stopped', async () => {
  await shop.stop();
  const context = await first.open(clipOf('queue', [nora, bela, csilla], 60));
  till = await openTill(context, shop);
  await till.signIn(BARISTA);
  for (const customer of [nora, bela, csilla]) {
    await till.served(customer.name);
    await till.record();
  }
  await until(async () => /Offline · 3 stored/.test(await till.connection()), 'three unsent events');
  await context.close();
});

it('fills a card, gives its reward with a manager, takes it back and gives it again', async () => {
  const context = await first.open(clipOf('nora', [nora], 40));
  till = await openTill(context, shop);
  await till.signIn(BARISTA);
  await till.served(nora.name);
  await till.at('again').click();
  // Nothing is recorded unseen: the second purchase is offered first, as any other.
  expect(await till.at('record').innerText()).toContain('1 stamp');
  expect(await till.at('stamps').innerText()).toContain('1 of');
  await till.record();
  expect(await till.at('done').innerText()).toContain('1 → 2 stamps');
  await till.page.getByRole('button', { name: words.counter.open({ name: nora.name }) }).click();
  await till.record();
  expect(await till.at('done').innerText()).toContain('2 → 3');
  await till.giveWithManager();
  await till.at('undo-redemption').click();
  await till.at('taken-back').waitFor();
  await till.giveWithManager();
  await till.at('redemption-done').click();
  await context.close();
});

it('keeps everything through a reload and through SIGKILL directly after a "done"', async () => {
  const context = await first.open(clipOf('bela', [bela], 40));
  till = await openTill(context, shop);
  await till.page.reload();
  await till.signIn(BARISTA);
  await till.served(bela.name);
  const before = /(\d+) stored/.exec(await till.connection())?.[1];
  await till.record();
  first.kill();

  const reopened = await first.open();
  till = await openTill(reopened, shop);
  await till.at('staff').first().waitFor();
  const stored = /(\d+) stored/.exec(await till.connection())?.[1];
  expect(Number(stored)).toBe(Number(before) + 1);
  await reopened.close();
});

it('sends everything once the server is back: the ledger, the office, a second till and the open card agree', async () => {
  const context = await first.open();
  till = await openTill(context, shop);
  await till.at('staff').first().waitFor();
  await shop.start();
  await until(async () => /^Online$/.test(await till.connection()), 'everything to be sent', 90_000);

  const ledger = await office.ledger();
  const own = ledger.filter(({ event }) => event.device !== 'server').map(({ event }) => event);
  expect(new Set(own.map((event) => event.id)).size).toBe(own.length);
  expect(own.map((event) => event.seq)).toEqual(own.map((_, at) => at + 1));
  expect(own.map((event) => event.fact.kind)).toEqual([
    'sale',
    'sale',
    'sale',
    'sale',
    'sale',
    'redeemed',
    'voided',
    'redeemed',
    'sale',
  ]);
  const today = await office.today();
  expect(today.sales.count).toBe(6);
  expect(today.stamps).toBe(6);
  expect(today.redemptions.filter((line) => !line.undone)).toHaveLength(1);
  expect(today.exceptions).toEqual([]);
  await context.close();

  const other = await second.open(clipOf('nora-again', [nora], 40));
  till = await openTill(other, shop, `#pair=${await office.pairingCode('Counter 2')}`);
  await till.page.getByRole('button', { name: words.start.connect }).click();
  await till.signIn(BARISTA);
  await till.served(nora.name);
  expect(await till.at('stamps').innerText()).toContain('0');
  await till.at('today').click();
  await till.at('today-page').waitFor();
  await till.at('today-page').getByText('Gift coffee').first().waitFor();
  await other.close();
});

it('shows the new stamp on the card that lies open, by itself', async () => {
  const context = await phone.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-GB' });
  card = await context.newPage();
  await card.goto(`${shop.origin}/c/join/${office.joinCode}`);
  await card.locator('[data-test="join"]').click();
  await card.locator('[data-test="code-kept"]').click();
  await card.locator('[data-test="qr"]').waitFor();
  expect(await card.locator('[data-test="stamps-card"]').getAttribute('data-filled')).toBe('0');
  const shown = await card.locator('[data-test="qr"]').getAttribute('data-text');

  const browser = await first.open(clipOf('stranger', [{ ...nora, name: '', qr: shown ?? '' }], 40));
  till = await openTill(browser, shop);
  await till.signIn(BARISTA);
  await till.at('member').waitFor();
  await till.record();
  await card.locator('[data-test="stamps-card"][data-filled="1"]').waitFor();

  await shop.stop();
  await card.reload();
  await card.locator('[data-test="qr"]').waitFor();
  expect(await card.locator('[data-test="stamps-card"]').getAttribute('data-filled')).toBe('1');
  await shop.start();
  await browser.close();
});
