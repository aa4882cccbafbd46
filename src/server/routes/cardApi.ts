import type { Context } from 'hono';
import { Hono } from 'hono';
import type { ZodMiniType } from 'zod/mini';
import type { RecoveryAnswer } from '../../protocol/card/cardApi.ts';
import { CARD_HEADER } from '../../protocol/card/cardApi.ts';
import {
  claimBody,
  comebackBody,
  foundBody,
  joinBody,
  profileBody,
  recoverBody,
  voucherBody,
} from '../../protocol/card/cardBodies.ts';
import type { Deps } from '../deps.ts';
import { failure } from '../http/answers.ts';
import { parseJson, readBody } from '../http/body.ts';
import { dropCardCookie, readCardCookie, writeCardCookie } from '../http/cardCookie.ts';
import { isOwnRequest } from '../http/ownRequest.ts';
import { rateLimit } from '../http/rateLimit.ts';
import type { PhoneSession } from '../store/cards.ts';
import { forBusiness } from '../store/connection/context.ts';
import { cardDocument, shopFace } from '../usecases/card/cardDocument.ts';
import { changeProfile } from '../usecases/card/changeProfile.ts';
import { foundCard } from '../usecases/card/foundCard.ts';
import type { Joined } from '../usecases/card/join.ts';
import { claimCard, joinByPhone } from '../usecases/card/join.ts';
import { cardManifest } from '../usecases/card/manifest.ts';
import {
  forgetPhone,
  makeRecoveryCode,
  phoneSession,
  recoverByCode,
  recoverByComeback,
} from '../usecases/card/phones.ts';
import { reserveReward } from '../usecases/card/reserveReward.ts';
import { comebackKey } from '../usecases/card/secrets.ts';
import { serverHash } from '../ledger/serverHash.ts';
import { eraseMember } from '../usecases/eraseMember.ts';
import { findShop } from '../usecases/card/shops.ts';
import { cardLive } from './cardLive.ts';

const MOST_BYTES = 16 * 1024;

/** By address. A shop's guests often share one, so the bounds are wide where nothing can be guessed. */
const RATES = {
  reading: { burst: 600, perSecond: 10 },
  joining: { burst: 60, perSecond: 0.2 },
  /** Recovery codes have 74 bits; this is for the log's sake. */
  guessing: { burst: 10, perSecond: 1 / 90 },
};

/** `/c/api/*`; see `protocol/card/cardApi.ts`. */
export function cardApi(deps: Deps): Hono {
  const { config, clock } = deps;
  const app = new Hono();
  const reading = rateLimit(deps, RATES.reading);
  const joining = rateLimit(deps, RATES.joining);
  const guessing = rateLimit(deps, RATES.guessing);
  const secretOf = (c: Context) => readCardCookie(c, config);
  const noCard = (c: Context) => failure(c, clock, 'unauthorized', 'No card is known for this phone.');

  app.use(async (c, next) => {
    c.header('Cache-Control', 'private, no-store');
    const changes = c.req.method !== 'GET' && c.req.method !== 'HEAD';
    if (!changes || isOwnRequest(c, CARD_HEADER, config)) return next();
    return failure(c, clock, 'forbidden', `Send JSON from our own pages, with the header ${CARD_HEADER}: 1.`);
  });

  app.get('/shop/:shop', reading, async (c) => {
    const shop = await findShop(deps, c.req.param('shop'));
    const face = shop === null ? null : await forBusiness(shop, () => shopFace(deps, shop));
    return face ? c.json(face) : failure(c, clock, 'notFound', 'There is no such shop, or it is not set up yet.');
  });

  app.get('/card', reading, async (c) => {
    const session = await phoneSession(deps, secretOf(c));
    const card = session && (await forBusiness(session.business, () => cardDocument(deps, session)));
    if (!card) return noCard(c);
    const etag = `"${serverHash(JSON.stringify({ ...card, asOf: 0 })).slice(0, 32)}"`;
    c.header('ETag', etag);
    // 304 answers carry the server's time as well: the phone sets its code by it.
    c.header('Date', new Date(clock.now()).toUTCString());
    if (c.req.header('if-none-match') === etag) return c.body(null, 304);
    writeCardCookie(c, config, secretOf(c) ?? '');
    return c.json(card);
  });

  app.post('/join', joining, async (c) => {
    const body = await read(c, joinBody);
    if (!body) return bad(c);
    const business = await findShop(deps, body.shop);
    if (business === null || !(await forBusiness(business, () => shopFace(deps, business)))) {
      return failure(c, clock, 'notFound', 'There is no such shop, or it is not set up yet.');
    }
    const { join: joinId, language } = body;
    return answerJoined(c, await joinByPhone(deps, { business, joinId, language, secret: secretOf(c) }));
  });

  app.post('/found', joining, async (c) => {
    const body = await read(c, foundBody);
    return body ? c.json(await foundCard(deps, body.token, secretOf(c))) : bad(c);
  });

  app.post('/claim', joining, async (c) => {
    const body = await read(c, claimBody);
    if (!body) return bad(c);
    const { token, join: joinId, language } = body;
    return answerJoined(c, await claimCard(deps, token, { joinId, language, secret: secretOf(c) }));
  });

  app.post('/recover', guessing, async (c) => {
    const body = await read(c, recoverBody);
    return body ? answerBack(c, await recoverByCode(deps, body.code, secretOf(c))) : bad(c);
  });

  app.post('/comeback', guessing, async (c) => {
    const body = await read(c, comebackBody);
    return body ? answerBack(c, await recoverByComeback(deps, body.key, secretOf(c))) : bad(c);
  });

  app.post('/profile', reading, async (c) => {
    const session = await phoneSession(deps, secretOf(c));
    if (!session) return noCard(c);
    const body = await read(c, profileBody);
    if (!body) return bad(c);
    await forBusiness(session.business, () => changeProfile(deps, session.business, session.member, body));
    return answerCard(c, session, null);
  });

  app.post('/recovery', joining, async (c) => {
    const session = await phoneSession(deps, secretOf(c));
    if (!session) return noCard(c);
    const recoveryCode = await forBusiness(session.business, () => makeRecoveryCode(deps.db, deps, session));
    return c.json({ recoveryCode } satisfies RecoveryAnswer);
  });

  app.post('/voucher', reading, async (c) => {
    const session = await phoneSession(deps, secretOf(c));
    if (!session) return noCard(c);
    const body = await read(c, voucherBody);
    if (!body) return bad(c);
    return c.json(await forBusiness(session.business, () => reserveReward(deps, session, body)));
  });

  app.post('/forget', reading, async (c) => {
    const session = await phoneSession(deps, secretOf(c));
    if (!session) return noCard(c);
    await forBusiness(session.business, () => forgetPhone(deps, session));
    if (!(await phoneSession(deps, secretOf(c)))) dropCardCookie(c, config);
    return c.json(null);
  });

  app.post('/erase', joining, async (c) => {
    const session = await phoneSession(deps, secretOf(c));
    if (!session) return noCard(c);
    const { business, member } = session;
    await forBusiness(business, () => eraseMember(deps, business, member, null));
    if (!(await phoneSession(deps, secretOf(c)))) dropCardCookie(c, config);
    return c.json(null);
  });

  app.get('/manifest.webmanifest', reading, async (c) => {
    const secret = secretOf(c);
    const session = await phoneSession(deps, secret);
    const face = session && (await forBusiness(session.business, () => shopFace(deps, session.business)));
    c.header('Content-Type', 'application/manifest+json');
    return c.body(JSON.stringify(cardManifest(face, session && secret ? comebackKey(secret) : null)));
  });

  app.get('/live', reading, async (c) => {
    const session = await phoneSession(deps, secretOf(c));
    return session ? forBusiness(session.business, () => cardLive(c, deps, session)) : noCard(c);
  });

  return app;

  function bad(c: Context): Response {
    return failure(c, clock, 'badRequest', 'The body does not have the shape that protocol/card/cardApi.ts states.');
  }

  async function answerJoined(c: Context, joined: Joined): Promise<Response> {
    if (!joined.ok) {
      const { kind } = joined.refusal;
      if (kind === 'unknown') return failure(c, clock, 'notFound', 'No shop here has signed this card.');
      return failure(c, clock, 'conflict', kind === 'taken' ? 'The card lives on a phone already.' : 'Join anew.');
    }
    return answerWithCookie(c, joined.secret, joined.recoveryCode);
  }

  async function answerBack(c: Context, secret: string | null): Promise<Response> {
    if (secret === null) return failure(c, clock, 'notFound', 'No card has this code.');
    return answerWithCookie(c, secret, null);
  }

  async function answerWithCookie(c: Context, secret: string, recoveryCode: string | null): Promise<Response> {
    writeCardCookie(c, config, secret);
    const session = await phoneSession(deps, secret);
    return session ? answerCard(c, session, recoveryCode) : noCard(c);
  }

  async function answerCard(c: Context, session: PhoneSession, recoveryCode: string | null): Promise<Response> {
    const card = await forBusiness(session.business, () => cardDocument(deps, session, recoveryCode));
    return card ? c.json(card) : noCard(c);
  }
}

async function read<T>(c: Context, schema: ZodMiniType<T>): Promise<T | null> {
  const text = await readBody(c, MOST_BYTES);
  return text === null ? null : parseJson(text, schema);
}
