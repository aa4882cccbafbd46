import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { till as words } from '../../src/i18n/en/till.ts';
import { makeProfile, openShop, until, type Profile, type Shop } from './harness.ts';
import { openFront, type Front } from './front.ts';
import { readOwnEvents } from './ownEvents.ts';
import { BARISTA, joinByPhone, setUpShop, type Office, type PhoneCustomer } from './shop.ts';
import { openTill, screenOf, type TillScreen } from './till.ts';
import { serveByScanner } from './wedge.ts';

/**
 * What a browser can do to a till that is working: its disk is full, it is open twice, a new version arrives. In each case
 * what was confirmed is there, once, and what was not confirmed is not. The steps build on each other.
 */
/** Bytes. */
const FEW_SALES = 14_000;

let shop: Shop;
let front: Front;
let office: Office;
let nora: PhoneCustomer;
let bela: PhoneCustomer;
let profile: Profile;
let context: BrowserContext;
let till: TillScreen;

beforeAll(async () => {
  shop = await openShop('live');
  office = await setUpShop(shop);
  front = await openFront(shop);
  nora = await joinByPhone(shop, office, 'Kelemen Nóra');
  bela = await joinByPhone(shop, office, 'Nagy Béla');
  profile = makeProfile({ viewport: { width: 1180, height: 820 }, locale: 'en-GB' });
  context = await profile.open();
  till = await openTill(context, front, `#pair=${await office.pairingCode('Counter 1')}`);
  await till.page.getByRole('button', { name: words.start.connect }).click();
  await till.signIn(BARISTA);
});

afterAll(async () => {
  await context?.close();
  profile?.dispose();
  await front?.close();
  await shop?.dispose();
});

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  const name = task.name.replaceAll(/\W+/g, '-').slice(0, 60);
  await till.page.screenshot({ path: `.cache/e2e/${name}.png` }).catch(() => undefined);
});

const salesOf = async (page: Page) => (await readOwnEvents(page)).filter((event) => event.fact.kind === 'sale');

it('numbers what two tabs record at the same moment in one row', async () => {
  const before = (await salesOf(till.page)).length;
  const other = await context.newPage();
  await other.goto(`${front.origin}/till/`);
  const second = screenOf(other);
  await second.signIn(BARISTA);
  const rounds = 3;
  for (let round = 1; round <= rounds; round++) {
    await other.bringToFront();
    await serveByScanner(second, bela);
    await till.page.bringToFront();
    await serveByScanner(till, nora);
    await second.chooseSale();
    await till.chooseSale();
    // Pressed from within each page, so that no tab has to be in front for it.
    const press = (one: TillScreen) => one.at('record').dispatchEvent('click');
    await Promise.all([press(till), press(second)]);
    await until(async () => (await salesOf(till.page)).length === before + 2 * round, 'both sales to be stored');
    for (const one of [second, till]) {
      await one.page.bringToFront();
      await one.at('done').waitFor();
      await one.at('close-member').click();
    }
  }
  await other.close();
  await till.page.bringToFront();
  await until(async () => /^Online$/.test(await till.connection()), 'everything to be sent');
  const own = await readOwnEvents(till.page);
  const ledger = (await office.ledger()).map(({ event }) => event.id);
  expect(own.map((event) => ledger.filter((id) => id === event.id).length)).toEqual(own.map(() => 1));
});

it('says loudly that nothing was saved when the disk is full, counts what it confirmed before, and works again afterwards', async () => {
  const devtools = await context.newCDPSession(till.page);
  const { origin } = front;
  const before = await salesOf(till.page);
  await shop.stop();
  // The browser asks for the room that is left when it opens a database, and counts from there: room for a few sales.
  const { usage } = await devtools.send('Storage.getUsageAndQuota', { origin });
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + FEW_SALES });
  await till.page.reload();
  till = screenOf(till.page);
  await till.signIn(BARISTA);
  let confirmed = 0;
  const stored = till.page
    .getByRole('status')
    .filter({ hasText: words.counter.recordedNoCard({ amount: '|' }).split('|')[1] ?? '' });
  for (;;) {
    await till.page.keyboard.type('790', { delay: 60 });
    await till.at('no-card').click();
    await until(
      async () => (await till.at('no-card').count()) === 0 || (await till.at('not-saved').count()) > 0,
      'an answer',
    );
    if ((await till.at('not-saved').count()) > 0) break;
    await stored.waitFor();
    confirmed += 1;
  }
  expect(confirmed).toBeGreaterThan(0);
  expect(await salesOf(till.page)).toHaveLength(before.length + confirmed);

  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await till.page.reload();
  await till.at('staff').filter({ hasText: BARISTA.name }).click();
  await till.page.keyboard.type(BARISTA.pin, { delay: 60 });
  await till.page.keyboard.press('Enter');
  await till.page.getByRole('alert').filter({ hasText: words.faces.storageFull }).waitFor();

  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await shop.start();
  await till.page.reload();
  await till.signIn(BARISTA);
  await serveByScanner(till, bela);
  await till.record();
  expect(await salesOf(till.page)).toHaveLength(before.length + confirmed + 1);
  await until(async () => /^Online$/.test(await till.connection()), 'everything to be sent');
});

it('leaves a new version waiting while a sale is open, and puts it in place when nobody is there', async () => {
  await till.page.close();
  const page = await context.newPage();
  // Time goes on as it does, and can be moved on.
  await page.clock.install();
  await page.goto(`${front.origin}/till/`);
  till = screenOf(page);
  await till.signIn(BARISTA);
  const version = () => page.locator('script[type="module"]').first().getAttribute('src');
  const old = await version();
  const sameLife = () => page.evaluate(() => 'sameLife' in window);
  await page.evaluate(() => Object.assign(window, { sameLife: true }));
  const before = await salesOf(page);
  await page.keyboard.type('790', { delay: 200 });
  await till.at('no-card').waitFor();
  await front.serveNextVersion();
  // Past the moment of opening, in which a new version goes in at once.
  await page.clock.fastForward(20_000);
  const waiting = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration('/till/');
      await registration?.update();
      return registration?.waiting?.state === 'installed';
    });
  await until(waiting, 'the new version to wait');
  await page.clock.fastForward(90_000);
  expect(await sameLife()).toBe(true);
  await till.at('no-card').click();
  await until(async () => (await salesOf(page)).length === before.length + 1, 'the sale to be stored');
  expect(await sameLife()).toBe(true);

  // What is tidied away by itself counts as a touch, so the minute of peace may begin anew.
  const later = async () => {
    await page.clock.fastForward(30_000).catch(() => undefined);
    return !(await sameLife().catch(() => true));
  };
  await until(later, 'the new version to be in place');
  await till.at('staff').first().waitFor();
  expect(await version()).not.toBe(old);
  expect(await salesOf(page)).toHaveLength(before.length + 1);
});
