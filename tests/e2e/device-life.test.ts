import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BrowserContext } from 'playwright-core';
import type { JournalResult, OfficeTill } from '../../src/protocol/office/officeApi.ts';
import { till as words } from '../../src/i18n/en/till.ts';
import { openShop, type Shop } from './harness.ts';
import { BARISTA, MANAGER, setUpShop, type Office } from './shop.ts';
import { makeTablet, type Tablet } from './tablet.ts';
import { openTill, type TillScreen } from './till.ts';

let shop: Shop;
let office: Office;
let tablet: Tablet;
let context: BrowserContext;
let till: TillScreen;

beforeAll(async () => {
  shop = await openShop('live');
  office = await setUpShop(shop);
  tablet = makeTablet({ viewport: { width: 1180, height: 820 }, locale: 'en-GB' });
  context = await tablet.open();
  till = await openTill(context, shop, `#pair=${await office.pairingCode('Counter')}`);
  await till.page.getByRole('button', { name: words.start.connect }).click();
  await till.signIn(BARISTA);
});
afterAll(async () => {
  await tablet.dispose();
  await shop.dispose();
});

const openSettings = () => till.page.getByRole('button', { name: BARISTA.name }).first().click();

it('says that it is safe to switch off, and when it is not', async () => {
  await openSettings();
  await till.at('safe').waitFor();
  await till.page.keyboard.press('Escape');
  await context.setOffline(true);
  await till.page.getByRole('button', { name: words.counter.newMember }).click();
  await till.page.getByLabel(words.enrollSheet.name, { exact: true }).fill('Grace');
  await till.page.getByRole('button', { name: words.enrollSheet.join }).click();
  await till.at('member-name').filter({ hasText: 'Grace' }).waitFor();
  await till.record();
  await openSettings();
  await till.at('not-safe').waitFor();
});

it('is removed only after what is unsent stands in a file, and keeps nothing', async () => {
  await till.at('unpair').click();
  const sheet = till.at('unpair-sheet');
  await sheet.waitFor();
  expect(await sheet.getByLabel(words.unpair.pin).count()).toBe(0);
  const [file] = await Promise.all([till.page.waitForEvent('download'), till.at('save-journal').click()]);
  await sheet.getByRole('checkbox').check();
  // The keys are for the PIN at once, also those of a keyboard.
  await sheet.getByLabel(words.unpair.pin).waitFor({ state: 'attached' });
  await till.page.keyboard.type(MANAGER.pin, { delay: 60 });
  await till.page.keyboard.press('Enter');
  await till.page.getByRole('heading', { name: words.start.pairTitle }).waitFor();
  expect(await till.page.evaluate(rowsLeft)).toBe(0);

  const journal = { file: readFileSync(await file.path(), 'utf8') };
  const loaded = await office.send<JournalResult>('POST', '/tills/journal', journal);
  expect(loaded).toMatchObject({ till: 'Counter', new: 2, known: 0, unreadable: 0, gap: 0, patches: 1 });
  expect(await office.send<JournalResult>('POST', '/tills/journal', journal)).toMatchObject({ new: 0, known: 2 });
  expect((await office.ledger()).map(({ event }) => event.fact.kind)).toEqual(['enrolled', 'sale']);
  const [known] = await office.get<readonly OfficeTill[]>('/tills');
  expect(known).toMatchObject({ name: 'Counter', unsent: 0, revoked: false });
});

/** Everything in every database of the page. */
async function rowsLeft(): Promise<number> {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error ?? new Error('no answer')));
    });
  let rows = 0;
  for (const { name = '' } of await indexedDB.databases()) {
    const db = await done(indexedDB.open(name));
    for (const store of db.objectStoreNames) rows += await done(db.transaction(store).objectStore(store).count());
    db.close();
  }
  return rows;
}
