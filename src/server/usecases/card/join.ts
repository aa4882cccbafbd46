import type { Kysely } from 'kysely';
import { toHex } from '../../../protocol/bytes.ts';
import { issueCardToken } from '../../../protocol/card/cardToken.ts';
import type { Deps } from '../../deps.ts';
import { emptyProfile } from '../../../protocol/profile.ts';
import { lockBusiness } from '../../store/businesses.ts';
import { findJoin, findPhoneCard, findSession, insertJoin, insertPhoneCard, touchSession } from '../../store/cards.ts';
import { forBusiness } from '../../store/connection/context.ts';
import { getDocument, putDocument } from '../../store/documents.ts';
import type { Schema } from '../../store/schema.ts';
import type { ServerAct } from '../recordServerEvents.ts';
import { recordServerEventsIn } from '../recordServerEvents.ts';
import { cardSigner } from './cardKeys.ts';
import { knownSecret, makeRecoveryCode, putOnPhone } from './phones.ts';
import { hashToken } from '../tokens.ts';
import { genuineCard } from './shops.ts';

type Needs = Pick<Deps, 'db' | 'clock' | 'random' | 'live'>;

/** A lost answer is asked for again within minutes; later, the same id is somebody else's guess. */
const REPEAT_MS = 60 * 60_000;
const HOUR_MS = 3_600_000;

export interface JoinRequest {
  readonly business: string;
  /** Made by the phone once per press of the button. */
  readonly joinId: string;
  readonly language: string;
  /** The cookie that the phone has already, if any. */
  readonly secret: string | undefined;
}

export type Joined =
  | { readonly ok: true; readonly secret: string; readonly recoveryCode: string | null }
  | { readonly ok: false; readonly refusal: { readonly kind: 'taken' | 'unknown' | 'staleJoin' } };

interface Paper {
  readonly card: string;
  readonly printed: boolean;
  readonly token: string;
}

/** Makes a member with a card on this phone. Pressing twice, or asking again for a lost answer, joins once. */
export async function joinByPhone(deps: Needs, request: JoinRequest): Promise<Joined> {
  return enter(deps, request, null);
}

/** Takes a printed card, or one that a till has handed out, onto this phone; the paper goes on working beside it. */
export async function claimCard(deps: Needs, token: string, request: Omit<JoinRequest, 'business'>): Promise<Joined> {
  const genuine = await genuineCard(deps, token);
  if (!genuine) return { ok: false, refusal: { kind: 'unknown' } };
  const { business, card } = genuine;
  const paper = { card: card.cardId, printed: card.printed, token: token.toUpperCase().slice(0, 144) };
  return enter(deps, { ...request, business }, paper);
}

async function enter(deps: Needs, asked: JoinRequest, paper: Paper | null): Promise<Joined> {
  const request = { ...asked, secret: await knownSecret(deps, asked.secret) };
  return forBusiness(asked.business, () => enterAt(deps, request, paper));
}

async function enterAt(deps: Needs, request: JoinRequest, paper: Paper | null): Promise<Joined> {
  const { business, joinId } = request;
  const now = deps.clock.now();
  const card = toHex(deps.random.bytes(16));
  // Signed before the transaction, so that no other writer waits for it.
  const token = await issueCardToken(await cardSigner(deps, business), business, card, Math.floor(now / HOUR_MS));
  const done = await deps.db.transaction().execute(async (trx): Promise<Joined & { members: string[] }> => {
    // Before anything is read: a till may bring the paper at this moment, and then it has a member already.
    await lockBusiness(trx, business);
    const mine = request.secret === undefined ? null : await findSession(trx, hashToken(request.secret), business);
    if (mine && request.secret !== undefined) {
      if (paper && (await findPhoneCard(trx, business, paper.card))?.member !== mine.member) return refuse('taken');
      await touchSession(trx, mine, { front_at: now });
      return { ok: true, secret: request.secret, recoveryCode: null, members: [] };
    }
    if (!(await insertJoin(trx, { business, join_id: joinId, card, created_at: now }))) {
      const before = await findJoin(trx, business, joinId);
      if (!before || now - before.created_at > REPEAT_MS) return refuse('staleJoin');
      // Pressed before and refused: there is no card to hand out.
      if (!(await findPhoneCard(trx, business, before.card))) return refuse('taken');
      return { ...(await hand(trx, deps, request, before.card)), members: [] };
    }
    const known = paper && (await getDocument(trx, business, 'credential', paper.card));
    if (known?.revoked === true) return refuse('taken');
    const member = known?.member ?? deps.random.id();
    const row = { business, member, created_at: now };
    if (paper && !(await insertPhoneCard(trx, { ...row, card: paper.card, token: paper.token })))
      return refuse('taken');
    await recordServerEventsIn(trx, deps, business, actsOf(member, card, known ? null : paper, known !== null));
    await insertPhoneCard(trx, { ...row, card, token });
    await speak(trx, business, member, request.language);
    return { ...(await hand(trx, deps, request, card)), members: [member] };
  });
  const { members, ...joined } = done;
  if (members.length > 0) deps.live.moved(business, { members });
  return joined;
}

/** What the ledger is told: a new member where there was none, the paper where nobody knew it, the phone's card. */
function actsOf(member: string, card: string, paper: Paper | null, known: boolean): ServerAct[] {
  const act = (fact: ServerAct['fact']): ServerAct => ({ member, fact, staff: null });
  const issued = (credential: string, printed: boolean) =>
    act({ kind: 'credentialIssued', credential, credentialKind: printed ? 'printed' : 'static' });
  return [
    ...(known ? [] : [act({ kind: 'enrolled', via: 'card' })]),
    ...(paper ? [issued(paper.card, paper.printed)] : []),
    issued(card, false),
  ];
}

async function hand(trx: Kysely<Schema>, deps: Needs, { business, secret }: JoinRequest, card: string) {
  const of = { business, card };
  return {
    ok: true as const,
    secret: await putOnPhone(trx, deps, of, secret),
    recoveryCode: await makeRecoveryCode(trx, deps, of),
  };
}

/** Notes the phone's language, where the member has none yet. */
async function speak(trx: Kysely<Schema>, business: string, member: string, language: string): Promise<void> {
  const profile = await getDocument(trx, business, 'profile', member);
  if (profile?.language) return;
  const data = { ...(profile ?? emptyProfile(member)), language };
  await putDocument(trx, business, { kind: 'profile', id: member, data });
}

function refuse(kind: 'taken' | 'staleJoin'): Joined & { members: string[] } {
  return { ok: false, refusal: { kind }, members: [] };
}
