import { both } from '../src/loyalty/presets.ts';
import type { Program } from '../src/loyalty/program.ts';
import { programHash } from '../src/protocol/hash.ts';
import type { Rates } from '../src/server/http/limiter.ts';
import type { Deps } from '../src/server/deps.ts';
import { forBusiness } from '../src/server/store/connection/context.ts';
import { putDocument } from '../src/server/store/documents.ts';

/** Business id of the shop that every bench measures. */
export const SHOP = 'bench';
export const TIME_ZONE = 'Europe/Budapest';
export const CUT_OVER_HOUR = 4;

/** Its program: a stamp card and points side by side. */
export const PROGRAM: Program = both({ scale: 0 });
export const PROGRAM_HASH = programHash(PROGRAM);

/** Opens the shop in a fresh database. */
export async function openShop(deps: Pick<Deps, 'db'>, shop = SHOP): Promise<void> {
  await forBusiness(shop, () => writeShop(deps, shop));
}

async function writeShop(deps: Pick<Deps, 'db'>, shop: string): Promise<void> {
  const program = { hash: PROGRAM_HASH, publishedAt: 0, program: PROGRAM };
  await putDocument(deps.db, shop, { kind: 'program', id: PROGRAM_HASH, data: program });
  await putDocument(deps.db, shop, {
    kind: 'business',
    id: shop,
    data: {
      id: shop,
      name: 'Bench',
      currency: 'HUF',
      scale: 0,
      timeZone: TIME_ZONE,
      cutOverHour: CUT_OVER_HOUR,
      languages: ['en'],
      color: '#b23a1e',
      address: 'te',
      demo: false,
      program: PROGRAM_HASH,
    },
  });
}

const OPEN = { burst: 1e9, perSecond: 1e9 };

/** A bench asks as fast as it can, from one address, which is not what limits are for. */
export const NO_LIMITS: Rates = { address: OPEN, device: OPEN, pairing: OPEN, pairingAll: OPEN };
