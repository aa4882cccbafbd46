import type { BrowserContext, Locator, Page } from 'playwright-core';
import { till as words } from '../../src/i18n/en/till.ts';
import { MANAGER } from './shop.ts';
import type { Shop } from './harness.ts';

/** A till's screen, worked as a barista works it. */
export interface TillScreen {
  readonly page: Page;
  at(test: string): Locator;
  signIn(person: { name: string; pin: string }): Promise<void>;
  /** Waits until the camera has brought this customer up. */
  served(name: string): Promise<void>;
  /** Waits for the main button; where the same card was here a moment ago, it takes "new purchase" first. */
  chooseSale(): Promise<void>;
  /** Taps the main button and waits for the green bar. */
  record(): Promise<void>;
  /** Gives the first reward that can be had, on a manager's PIN: offline, a code that could be a copy needs one. */
  giveWithManager(): Promise<void>;
  /** The text of the connection chip. */
  connection(): Promise<string>;
}

export async function openTill(context: BrowserContext, shop: Pick<Shop, 'origin'>, hash = ''): Promise<TillScreen> {
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`${shop.origin}/till/${hash}`);
  return screenOf(page);
}

export function screenOf(page: Page): TillScreen {
  const at = (test: string) => page.locator(`[data-test="${test}"]`);
  const enterPin = async (pin: string) => {
    // As a person types: faster is what a keyboard scanner does.
    await page.keyboard.type(pin, { delay: 60 });
    await page.keyboard.press('Enter');
  };
  const chooseSale = async () => {
    await at('again').or(at('record')).first().waitFor();
    if (await at('again').isVisible()) await at('again').click();
  };
  return {
    page,
    at,
    signIn: async ({ name, pin }) => {
      await at('staff').filter({ hasText: name }).click();
      await page.getByLabel(words.signIn.pinFor({ name })).waitFor({ state: 'attached' });
      await enterPin(pin);
      await page.getByRole('button', { name: words.counter.phone }).waitFor();
    },
    served: async (name) => {
      await at('member-name').filter({ hasText: name }).waitFor({ timeout: 60_000 });
    },
    chooseSale,
    record: async () => {
      await chooseSale();
      await at('record').click();
      await at('done').waitFor();
    },
    giveWithManager: async () => {
      await at('give').first().click();
      await at('manager-sheet').waitFor();
      await page.getByLabel(words.manager.pin).waitFor({ state: 'attached' });
      await enterPin(MANAGER.pin);
      await at('redemption').waitFor();
    },
    connection: () => at('connection').innerText(),
  };
}

/** Waits until the worker has taken over and every file of the till is in its cache, so that it starts without a network. */
export async function readyForFlight(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const worker = registration.active;
    if (worker === null || worker.state === 'activated') return;
    await new Promise<void>((resolve) => {
      worker.addEventListener('statechange', () => worker.state === 'activated' && resolve());
    });
  });
}
