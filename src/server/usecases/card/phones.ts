import type { Kysely } from 'kysely';
import type { Deps } from '../../deps.ts';
import type { PhoneSession } from '../../store/cards.ts';
import {
  deleteSession,
  findByComeback,
  findByRecovery,
  findSession,
  isSession,
  putRecovery,
  putSession,
  touchSession,
} from '../../store/cards.ts';
import { forBusiness } from '../../store/connection/context.ts';
import type { Schema } from '../../store/schema.ts';
import { hashToken } from '../tokens.ts';
import { comebackKey, newRecoveryCode, newSessionSecret, normalRecoveryCode } from './secrets.ts';

type Parts = Pick<Deps, 'clock' | 'random'>;
/** A card of a shop. */
export interface CardOf {
  readonly business: string;
  readonly card: string;
}

const DAY_MS = 86_400_000;

/**
 * The card on the phone that has this cookie; of several shops' cards the one opened last, or the one of `business`. Notes
 * once a day that the phone is still there.
 */
export async function phoneSession(
  deps: Pick<Deps, 'db' | 'clock'>,
  secret: string | undefined,
  business?: string,
): Promise<PhoneSession | null> {
  if (secret === undefined) return null;
  const session = await findSession(deps.db, hashToken(secret), business);
  const now = deps.clock.now();
  if (session && now - session.seen_at > DAY_MS) {
    await forBusiness(session.business, () => touchSession(deps.db, session, { seen_at: now }));
  }
  return session;
}

/** The cookie that a phone has, where it carries any shop's card; what is foreign or outdated counts as none. */
export async function knownSecret(deps: Pick<Deps, 'db'>, secret: string | undefined): Promise<string | undefined> {
  return secret !== undefined && (await isSession(deps.db, hashToken(secret))) ? secret : undefined;
}

/**
 * Puts a card onto a phone. A phone that carries another shop's card already keeps its cookie, its `knownSecret`.
 * @returns the cookie's secret
 */
export async function putOnPhone(
  trx: Kysely<Schema>,
  deps: Parts,
  { business, card }: CardOf,
  secret: string | undefined,
): Promise<string> {
  const mine = secret ?? newSessionSecret(deps.random);
  const now = deps.clock.now();
  await putSession(trx, {
    hash: hashToken(mine),
    business,
    card,
    comeback_hash: hashToken(comebackKey(mine)),
    created_at: now,
    seen_at: now,
    front_at: now,
  });
  return mine;
}

/** A new recovery code for a card, in groups of five; the one before it ends. */
export async function makeRecoveryCode(trx: Kysely<Schema>, deps: Parts, { business, card }: CardOf): Promise<string> {
  const code = newRecoveryCode(deps.random);
  const hash = hashToken(normalRecoveryCode(code));
  await putRecovery(trx, { business, card, hash, created_at: deps.clock.now() });
  return code;
}

/** Brings a card onto this phone by what was typed; `null` where no card has that code. */
export async function recoverByCode(
  deps: Pick<Deps, 'db'> & Parts,
  typed: string,
  secret: string | undefined,
): Promise<string | null> {
  const found = await findByRecovery(deps.db, hashToken(normalRecoveryCode(typed)));
  return found && bringBack(deps, found, secret);
}

/** Brings an installed card back by the key in its start address; `null` where no phone has that key. */
export async function recoverByComeback(
  deps: Pick<Deps, 'db'> & Parts,
  key: string,
  secret: string | undefined,
): Promise<string | null> {
  const found = await findByComeback(deps.db, hashToken(key));
  return found && bringBack(deps, found, secret);
}

async function bringBack(deps: Pick<Deps, 'db'> & Parts, card: CardOf, secret: string | undefined): Promise<string> {
  const known = await knownSecret(deps, secret);
  return forBusiness(card.business, () => putOnPhone(deps.db, deps, card, known));
}

/** Takes the card off the phone; the card itself stays. */
export async function forgetPhone(deps: Pick<Deps, 'db'>, session: PhoneSession): Promise<void> {
  await deleteSession(deps.db, session.hash, session.business);
}
