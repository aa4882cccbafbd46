import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueCardToken } from '../src/protocol/card/cardToken.ts';
import type { Deps } from '../src/server/deps.ts';
import { forBusiness } from '../src/server/store/connection/context.ts';
import { cardSigner } from '../src/server/usecases/card/cardKeys.ts';
import { customer, seedCrowd } from './crowd.ts';
import { startOurs } from './drain-servers.ts';
import { median, row, type Bench } from './row.ts';
import { SHOP } from './shop.ts';
import type { GrownShop } from './till-page/growth.ts';
import { buildTillPage, withPage } from './till-pages.ts';

const SMALL = { members: 100, own: 100 };
const LARGE = { members: 100_000, own: 5000 };
const WARM_UPS = 30;
const ROUNDS = 300;

/**
 * The till's share of growth: from a card's code to the customer, and from "record" to the disk, in a shop of 100 and of
 * 100,000 customers, with 100 and 5,000 own sales waiting; every card is another one, so nothing is in memory yet.
 */
export const growthTill: Bench = {
  name: 'growth.till',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'bench-growth-'));
    const pages = await buildTillPage('growth');
    const small = await openShopOf(join(folder, 'small'), pages, SMALL);
    const large = await openShopOf(join(folder, 'large'), pages, LARGE);
    try {
      const took = await withPage(`${small.server.url}/growth.html`, async (page) => {
        page.setDefaultTimeout(600_000);
        await page.waitForFunction(() => 'measureGrowth' in window);
        small.server.mount('/large', large.server);
        const shops = { small: { ...small.shop, prefix: '' }, large: { ...large.shop, prefix: '/large' } };
        return page.evaluate(({ small, large, warmUps }) => window.measureGrowth(small, large, warmUps), {
          ...shops,
          warmUps: WARM_UPS,
        });
      });
      const peer = 'the same with 100 members';
      return [
        row('growth.scan', 'ms p50', median(took.large.scan), peer, median(took.small.scan)),
        row('growth.commit', 'ms p50', median(took.large.commit), peer, median(took.small.commit)),
      ];
    } finally {
      await Promise.all([small.server.close(), large.server.close()]);
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function openShopOf(folder: string, pages: string, { members, own }: typeof SMALL) {
  mkdirSync(folder, { recursive: true });
  let cards: string[] = [];
  const server = await startOurs(folder, pages, async (deps) => {
    await seedCrowd(deps, members);
    cards = await forBusiness(SHOP, () => cardsOf(deps, members));
  });
  const shop: Omit<GrownShop, 'prefix'> = { code: server.code, cards, own };
  return { server, shop };
}

async function cardsOf(deps: Deps, members: number): Promise<string[]> {
  const signer = await cardSigner(deps, SHOP);
  const step = Math.max(1, Math.floor(members / (WARM_UPS + ROUNDS)));
  const cards: string[] = [];
  for (let n = 0; n < WARM_UPS + ROUNDS; n++) {
    const cardId = customer((n * step) % members).credentials[0]?.id ?? '';
    const issuedHour = Math.floor(Date.now() / 3_600_000);
    cards.push(await issueCardToken(signer, SHOP, cardId, issuedHour));
  }
  return cards;
}
