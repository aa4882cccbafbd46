import type { FoundCard } from '../../../protocol/card/cardApi.ts';
import type { Deps } from '../../deps.ts';
import { findPhoneCard, type PhoneSession } from '../../store/cards.ts';
import { forBusiness } from '../../store/connection/context.ts';
import { getDocument } from '../../store/documents.ts';
import { readMember } from '../../store/members.ts';
import { shopFace } from './cardDocument.ts';
import { phoneSession } from './phones.ts';
import { type GenuineCard, genuineCard } from './shops.ts';

/** What a card is that a camera has opened. Says nothing about whose it is. */
export async function foundCard(
  deps: Pick<Deps, 'db' | 'clock' | 'random'>,
  token: string,
  secret: string | undefined,
): Promise<FoundCard> {
  const genuine = await genuineCard(deps, token);
  if (!genuine) return { kind: 'unknown' };
  const session = await phoneSession(deps, secret, genuine.business);
  return forBusiness(genuine.business, () => statusOf(deps, genuine, session));
}

async function statusOf(
  deps: Pick<Deps, 'db'>,
  { business, card }: GenuineCard,
  session: PhoneSession | null,
): Promise<FoundCard> {
  const shop = await shopFace(deps, business);
  if (!shop) return { kind: 'unknown' };
  const credential = await getDocument(deps.db, business, 'credential', card.cardId);
  if (credential?.revoked === true) return { kind: 'blocked', shop };
  const onPhone = await findPhoneCard(deps.db, business, card.cardId);
  if (onPhone)
    return session && (await sameMember(deps, onPhone, session)) ? { kind: 'mine' } : { kind: 'taken', shop };
  return { kind: session ? 'second' : 'claimable', shop };
}

/** The same person, also after a merge. */
async function sameMember(
  deps: Pick<Deps, 'db'>,
  a: { readonly business: string; readonly member: string },
  b: { readonly member: string },
): Promise<boolean> {
  const [first, second] = [
    await readMember(deps.db, a.business, a.member),
    await readMember(deps.db, a.business, b.member),
  ];
  return first !== null && first.member === second?.member;
}
