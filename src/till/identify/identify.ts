import { readCardText, verifyCardToken, type CardCode } from '../../protocol/card/cardToken.ts';
import { checkRotating, FRESH_WINDOWS, UNSURE_WINDOWS } from '../../protocol/card/rotatingCode.ts';
import { readTypedCode } from '../../protocol/card/typedCode.ts';
import { readVoucherText } from '../../protocol/card/voucherToken.ts';
import { SEARCH_FROM } from '../members/memberIndex.ts';
import { CARD } from '../members/members.ts';
import { phoneKey } from '../members/phoneKey.ts';
import { findByIndex } from '../members/records.ts';
import type { Customer, Identification } from '../till.ts';
import { found, no, type IdentifyParts } from './found.ts';
import { identifyVoucher } from './identifyVoucher.ts';

/** Turns what was scanned or typed into a member, from what this till holds; the network is never asked. */
export async function identify(
  parts: IdentifyParts,
  text: string,
  source: 'camera' | 'wedge' | 'typed',
): Promise<Identification> {
  const voucher = readVoucherText(text);
  if (voucher !== null) return identifyVoucher(parts, voucher);
  const card = readCardText(text);
  if (card.kind === 'card') return identifyCard(parts, card);
  if (source === 'camera') return no('notOurs', card.looksLike);
  const typed = readTypedCode(text);
  if (typed.ok) return identifyTyped(parts, typed.prefix);
  if (/^\+?[\d\s()/-]{7,}$/.test(text.trim())) {
    const [only, ...others] = await findByPhone(parts, text);
    if (only !== undefined && others.length === 0) return { ok: true, customer: only };
    return no('unknownCode', null);
  }
  if (typed.reason === 'check' || source === 'typed') return no('badCode', null);
  return no('notOurs', card.looksLike);
}

async function identifyCard(parts: IdentifyParts, card: CardCode): Promise<Identification> {
  const { documents, members } = parts;
  const { business, cardKeys } = documents;
  if (business === null || cardKeys === null) return no('unknownCode', null);
  const genuineness = await verifyCardToken(card, cardKeys, business.id);
  if (genuineness === 'otherShop') return no('otherShop', null);
  if (genuineness !== 'genuine') return no('forged', null);
  const { now, sure } = parts.time();
  const freshness = await checkRotating(card, cardKeys, now, sure ? FRESH_WINDOWS : UNSURE_WINDOWS);
  // A code of another time is a screenshot: it identifies like a printed card, and is as weak.
  const kind = freshness === 'fresh' ? 'rotating' : card.printed ? 'printed' : 'static';
  const known = await members.load(CARD + card.cardId);
  return found(parts, known, { kind, id: card.cardId });
}

async function identifyTyped(parts: IdentifyParts, prefix: string): Promise<Identification> {
  const [held] = await findByIndex(parts.cacheDb, parts.members.generation, 'card', prefix);
  const id =
    held?.record.credentials.find((each) => each.id.startsWith(prefix))?.id ?? parts.own.entries.cardBeginning(prefix);
  if (id === null) return no('unknownCode', null);
  return found(parts, await parts.members.load(CARD + id), { kind: 'typed', id });
}

/** Members with a phone number that ends in these digits (at least four), own unsent changes included. */
export async function findByPhone(parts: IdentifyParts, digits: string): Promise<readonly Customer[]> {
  const key = phoneKey(digits);
  if (key.length < SEARCH_FROM.phone) return [];
  const held = await findByIndex(parts.cacheDb, parts.members.generation, 'phone', key);
  const ids = new Set([...held.map(({ record }) => record.member), ...parts.own.membersPatched()]);
  const customers: Customer[] = [];
  for (const id of ids) {
    const known = await parts.members.load(id);
    const { phone } = known.profile ?? { phone: null };
    if (known.erased || phone === null || !phoneKey(phone).startsWith(key)) continue;
    customers.push(parts.customerOf(known, { kind: 'phone', id: known.member }));
  }
  return customers;
}
