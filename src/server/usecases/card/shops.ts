import type { CardCode } from '../../../protocol/card/cardToken.ts';
import { businessTagOf, readCardText, verifyCardToken } from '../../../protocol/card/cardToken.ts';
import type { Deps } from '../../deps.ts';
import { listBusinesses } from '../../store/businesses.ts';
import { forBusiness } from '../../store/connection/context.ts';
import { getDocument } from '../../store/documents.ts';
import { currentCardKeys } from './cardKeys.ts';

export interface GenuineCard {
  readonly business: string;
  readonly card: CardCode;
}

/** The business that a poster names, by its id or its short code (`businessTagOf`); `null` where there is none. */
export async function findShop(deps: Pick<Deps, 'db'>, shop: string): Promise<string | null> {
  if (shop === '') return null;
  if (await forBusiness(shop, () => getDocument(deps.db, shop, 'business', shop))) return shop;
  const tag = shop.toLowerCase();
  return /^[0-9a-f]{8}$/.test(tag) ? shopOfTag(deps, tag) : null;
}

/** Reads a card that somebody's camera has opened, and whose it is; `null` where no shop here has signed it. */
export async function genuineCard(
  deps: Pick<Deps, 'db' | 'clock' | 'random'>,
  token: string,
): Promise<GenuineCard | null> {
  const card = readCardText(token);
  if (card.kind !== 'card') return null;
  const business = await shopOfTag(deps, card.businessTag);
  if (business === null) return null;
  const keys = await forBusiness(business, () => currentCardKeys(deps, business));
  const verdict = await verifyCardToken(card, keys, business);
  return verdict === 'genuine' ? { business, card } : null;
}

async function shopOfTag(deps: Pick<Deps, 'db'>, tag: string): Promise<string | null> {
  return (await listBusinesses(deps.db)).find((business) => businessTagOf(business) === tag) ?? null;
}
