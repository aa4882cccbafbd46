import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { scan as scanWords } from '../../src/i18n/en/scan.ts';
import { till as words } from '../../src/i18n/en/till.ts';
import { writeClip } from './clips/clip.ts';
import { makeProfile, openShop, until, type Profile, type Shop } from './harness.ts';
import { BARISTA, joinByPhone, setUpShop, type Office, type PhoneCustomer } from './shop.ts';
import { openTill, screenOf, type TillScreen } from './till.ts';
import { pullTrigger } from './wedge.ts';

/**
 * All the ways into the till beside a customer's code before the camera: the pairing code scanned, a keyboard scanner, a
 * typed code, a phone number; what it says to codes that are of no use, and how it sounds. The steps build on each other.
 */
const scratch = mkdtempSync(join(tmpdir(), 'regulars-clips-'));

let shop: Shop;
let office: Office;
let nora: PhoneCustomer;
let profile: Profile;
let context: BrowserContext;
let till: TillScreen;

/** What the page asked of the device: tones and buzzes so far, and whether the screen is held awake. */
interface Asked {
  tones: number;
  buzzes: number;
  awake: boolean;
}

/** Stands between the page and the device; everything still happens. */
async function spy(browser: BrowserContext): Promise<void> {
  await browser.addInitScript(() => {
    const asked: Asked = { tones: 0, buzzes: 0, awake: false };
    Object.assign(window, { asked });
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function counted(...when) {
      asked.tones += 1;
      start.apply(this, when);
    };
    Navigator.prototype.vibrate = () => {
      asked.buzzes += 1;
      return true;
    };
    WakeLock.prototype.request = () => {
      asked.awake = true;
      const lock = Object.assign(new EventTarget(), {
        released: false,
        type: 'screen',
        onrelease: null,
        release: () => {
          asked.awake = false;
          return Promise.resolve();
        },
      } as const);
      return Promise.resolve(lock);
    };
  });
}

const asked = (): Promise<Asked> => till.page.evaluate(() => (window as unknown as { asked: Asked }).asked);

const shows = (test: string, text: string) => () => till.at(test).filter({ hasText: text }).isVisible();

beforeAll(async () => {
  shop = await openShop('live');
  office = await setUpShop(shop);
  nora = await joinByPhone(shop, office, 'Kelemen Nóra');
  profile = makeProfile({ viewport: { width: 820, height: 1180 }, locale: 'en-GB' });
});

afterAll(async () => {
  profile?.dispose();
  await shop?.dispose();
  rmSync(scratch, { recursive: true, force: true });
});

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  const name = task.name.replaceAll(/\W+/g, '-').slice(0, 60);
  await till.page.screenshot({ path: `.cache/e2e/${name}.png` }).catch(() => undefined);
});

it('pairs by the code of the back office before the camera', async () => {
  const clip = join(scratch, 'pairing.y4m');
  const text = `${shop.origin}/till/#pair=${await office.pairingCode('Counter 1')}`;
  writeClip(clip, { seed: 3, fps: 5, scenes: [{ text, kind: 'brightPhone', frames: 40, blankFramesBefore: 0 }] });
  const browser = await profile.open(clip);
  till = await openTill(browser, shop);
  await till.page.getByRole('button', { name: scanWords.open }).click();
  await till.at('staff').first().waitFor();
  await browser.close();
});

it('keeps the screen awake while somebody is signed in', async () => {
  context = await profile.open();
  await spy(context);
  till = await openTill(context, shop);
  await till.at('staff').first().waitFor();
  expect((await asked()).awake).toBe(false);
  await till.signIn(BARISTA);
  await until(async () => (await asked()).awake, 'the screen to be held awake');
});

it('takes a whole card from a keyboard scanner, wherever the focus is, with a sound and a buzz', async () => {
  const before = await asked();
  await pullTrigger(till, nora.qr, shows('member-name', nora.name));
  const after = await asked();
  expect(after.tones).toBeGreaterThan(before.tones);
  expect(after.buzzes).toBeGreaterThan(before.buzzes);
  await till.at('close-member').click();

  await till.page.getByRole('button', { name: words.counter.phone }).click();
  await till.at('phone-digits').focus();
  await pullTrigger(till, nora.qr, shows('member-name', nora.name));
  expect(await till.at('phone-sheet').count()).toBe(0);
  await till.at('close-member').click();
});

it('opens a typed code, and says where one has a slip', async () => {
  const { typedCode } = await nora.card();
  const slip = typedCode.slice(0, -1) + (typedCode.endsWith('7') ? '8' : '7');
  await till.page.getByRole('button', { name: words.counter.code }).click();
  const field = till.page.getByLabel(words.codeSheet.label);
  await field.fill(slip.toLowerCase());
  await till.page.getByRole('button', { name: words.codeSheet.open }).click();
  await till.at('code-sheet').filter({ hasText: words.trouble.badCodeHelp }).waitFor();
  await field.fill(typedCode.toLowerCase());
  await till.page.getByRole('button', { name: words.codeSheet.open }).click();
  await till.served(nora.name);
});

it('names a foreign code, refuses a forged card, and says so over an open sheet, too', async () => {
  await till.at('close-member').click();
  await pullTrigger(till, 'https://example.com/menu', shows('trouble', words.trouble.notOursUrl));
  const at = nora.qr.length - 12;
  const forged = nora.qr.slice(0, at) + (nora.qr[at] === 'A' ? 'B' : 'A') + nora.qr.slice(at + 1);
  await pullTrigger(till, forged, shows('trouble', words.trouble.forged));
  await till.page.getByRole('button', { name: words.trouble.dismiss }).click();
  await till.at('trouble').waitFor({ state: 'detached' });

  await till.page.getByRole('button', { name: words.counter.newMember }).click();
  await pullTrigger(till, forged, () =>
    till.at('enroll-sheet').locator('[data-test="trouble"]').filter({ hasText: words.trouble.forged }).isVisible(),
  );
  expect(await till.page.getByLabel(words.enrollSheet.name, { exact: true }).inputValue()).toBe('');
});

it('enrolls somebody, and finds them again by the last digits of the phone number', async () => {
  await till.page.getByLabel(words.enrollSheet.name, { exact: true }).fill('Őri Csilla');
  await till.page.getByLabel(words.enrollSheet.phone, { exact: true }).fill('+36 20 555 4127');
  await till.page.getByRole('button', { name: words.enrollSheet.join }).click();
  await till.served('Őri Csilla');
  await till.at('close-member').click();
  await till.page.getByRole('button', { name: words.counter.phone }).click();
  await till.at('phone-digits').fill('9999');
  await till.at('phone-sheet').filter({ hasText: words.phoneSheet.none }).waitFor();
  expect(await till.at('enroll-number').count()).toBe(0);
  await till.at('phone-digits').fill('06205559999');
  await till.at('enroll-number').waitFor();
  await till.at('phone-digits').fill('4127');
  await till.at('found').filter({ hasText: 'Őri Csilla' }).click();
  await till.served('Őri Csilla');
});

it('undoes one of the last ones while another member is open, where the strip has no room', async () => {
  await till.record();
  await pullTrigger(till, nora.qr, shows('member-name', nora.name));
  await till.at('recent').click();
  await till
    .at('recent-sheet')
    .getByRole('button', { name: /^Undo: Őri Csilla/ })
    .click();
  await till.at('taken-back').waitFor();
  expect(await till.at('member-name').innerText()).toBe(nora.name);
});

it('is silent once muted, after a reload as well; the buzz stays', async () => {
  await till.at('settings').click();
  await till.page.getByRole('button', { name: words.settings.soundOn, exact: true }).click();
  await till.page.reload();
  till = screenOf(till.page);
  await till.signIn(BARISTA);
  await pullTrigger(till, nora.qr, shows('member-name', nora.name));
  const { tones, buzzes } = await asked();
  expect(tones).toBe(0);
  expect(buzzes).toBeGreaterThan(0);

  await till.at('settings').click();
  await till.at('sign-out').click();
  await until(async () => !(await asked()).awake, 'the screen to be let go');
  await context.close();
});
