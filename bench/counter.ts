import type { Page } from 'playwright-core';
import { DEMO_PAIRING_CODE, DEMO_STAFF } from '../src/server/demo/access.ts';
import { demoCard } from '../tests/e2e/demoCard.ts';
import { makeProfile, openShop, type Profile } from '../tests/e2e/harness.ts';

/** A paired till of the demo shop, and a genuine card of one of its members. */
export interface Counter {
  /** What the card's code says. */
  readonly card: string;
  /**
   * Opens the till before a camera that plays the clip and signs in.
   * @returns milliseconds from the camera's first picture to the member's name on the screen; null if it never came.
   */
  firstMember(clip: string, giveUpMs: number): Promise<number | null>;
  dispose(): Promise<void>;
}

/** When what was seen, in the page's time, ms. */
interface Seen {
  firstFrame: number | null;
  member: number | null;
}

const [BARISTA] = DEMO_STAFF;

/** Starts a demo server with the last build and pairs a tablet with it. */
export async function openCounter(): Promise<Counter> {
  const shop = await openShop('demo');
  const profile = makeProfile({ viewport: { width: 1180, height: 820 }, locale: 'en-GB' });
  const dispose = async (): Promise<void> => {
    profile.dispose();
    await shop.dispose();
  };
  try {
    const card = await demoCard(shop.origin);
    await pair(profile, shop.origin);
    const firstMember = (clip: string, giveUpMs: number) => serve(profile, shop.origin, clip, giveUpMs);
    return { card, firstMember, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function pair(profile: Profile, origin: string): Promise<void> {
  const context = await profile.open();
  try {
    const page = await context.newPage();
    await page.goto(`${origin}/till/#pair=${DEMO_PAIRING_CODE}`);
    await page.locator('form button[type=submit]').click();
    await page.locator('[data-test=staff]').first().waitFor();
    await signIn(page);
    await page.locator('[data-test=connection]').waitFor();
    // Members arrive once; the bench is about a till that has them.
    await page.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
  } finally {
    await context.close();
  }
}

async function signIn(page: Page): Promise<void> {
  await page.locator('[data-test=staff]').filter({ hasText: BARISTA.name }).click();
  await page.keyboard.type(BARISTA.pin, { delay: 120 });
  await page.keyboard.press('Enter');
}

async function serve(profile: Profile, origin: string, clip: string, giveUpMs: number): Promise<number | null> {
  const context = await profile.open(clip);
  try {
    const page = await context.newPage();
    await page.addInitScript(watchPage);
    await page.goto(`${origin}/till/`);
    await signIn(page);
    const member = page.locator('[data-test=member-name]');
    await member.waitFor({ timeout: giveUpMs }).catch(() => undefined);
    const { firstFrame, member: shown } = await page.evaluate(() => (window as unknown as { seen: Seen }).seen);
    if (firstFrame === null) throw new Error('the till got no picture from the camera');
    return shown === null ? null : shown - firstFrame;
  } finally {
    await context.close();
  }
}

/** Runs in the page before the till: notes the first picture of the first video, and when the member's name is painted. */
function watchPage(): void {
  const seen: Seen = { firstFrame: null, member: null };
  Object.assign(window, { seen });
  let watched = false;
  new MutationObserver(() => {
    const video = document.querySelector('video');
    if (video && !watched) {
      watched = true;
      video.requestVideoFrameCallback((now) => (seen.firstFrame ??= now));
    }
    if (seen.member === null && document.querySelector('[data-test=member-name]'))
      requestAnimationFrame(() => (seen.member ??= performance.now()));
  }).observe(document, { childList: true, subtree: true });
}
