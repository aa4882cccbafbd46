import type { BrowserContext } from 'playwright-core';
import { till as words } from '../../../src/i18n/en/till.ts';
import type { Event } from '../../../src/protocol/event.ts';
import { makeProfile, openShop, type Profile, type Shop, until } from '../../e2e/harness.ts';
import { readOwnEvents } from '../../e2e/ownEvents.ts';
import { BARISTA, joinByPhone, type Office, type PhoneCustomer, setUpShop } from '../../e2e/shop.ts';
import { openTill, readyForFlight, type TillScreen } from '../../e2e/till.ts';
import { serveByScanner } from '../../e2e/wedge.ts';
import { killBrowser } from './killBrowser.ts';

/** A real till in a real browser before a real server, with a profile on disk that outlives every kill. */
export interface Counter {
  readonly shop: Shop;
  readonly office: Office;
  readonly profile: Profile;
  readonly nora: PhoneCustomer;
  /** Opens the browser, and the till in it. */
  readonly open: (options?: OpenOptions) => Promise<{ readonly context: BrowserContext; readonly till: TillScreen }>;
  readonly kill: (profile?: Profile) => Promise<void>;
  /** Sells to Nóra; resolves at the moment at which "done" is shown. */
  readonly sell: (till: TillScreen) => Promise<void>;
  /** The sales that the till's own database holds. */
  readonly sales: (till: TillScreen) => Promise<readonly Event[]>;
  readonly close: () => Promise<void>;
}

export interface OpenOptions {
  /** Another profile than the counter's own. */
  readonly profile?: Profile;
  /** Runs in every page before anything else. */
  readonly before?: (context: BrowserContext) => Promise<void>;
}

/** A shop with one paired till, which has loaded everything that it needs for flight mode. */
export async function openCounter(): Promise<Counter> {
  const shop = await openShop('live');
  const office = await setUpShop(shop);
  const nora = await joinByPhone(shop, office, 'Kelemen Nóra');
  const profile = makeProfile({ viewport: { width: 1180, height: 820 }, locale: 'en-GB' });
  const open = async ({ profile: on = profile, before }: OpenOptions = {}, hash = '') => {
    const context = await on.open();
    await before?.(context);
    return { context, till: await openTill(context, shop, hash) };
  };
  const first = await open({}, `#pair=${await office.pairingCode('Counter 1')}`);
  await first.till.page.getByRole('button', { name: words.start.connect }).click();
  await first.till.signIn(BARISTA);
  await readyForFlight(first.till.page);
  await until(async () => /^Online$/.test(await first.till.connection()), 'the till to be online');
  await first.context.close();
  return {
    shop,
    office,
    profile,
    nora,
    open: (options) => open(options),
    kill: (on = profile) => killBrowser(on.folder),
    sell: async (till) => {
      await till.signIn(BARISTA);
      await serveByScanner(till, nora);
      await till.record();
    },
    sales: async (till) => (await readOwnEvents(till.page)).filter((event) => event.fact.kind === 'sale'),
    close: async () => {
      profile.dispose();
      await shop.dispose();
    },
  };
}
