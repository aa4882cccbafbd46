import { fromBase64, toBase64 } from '../../../protocol/bytes.ts';
import type { CardSigner } from '../../../protocol/card/cardToken.ts';
import type { CardKeys } from '../../../protocol/documents.ts';
import { dayKeyOf, utcDayOf } from '../../../protocol/card/rotatingCode.ts';
import type { Deps } from '../../deps.ts';
import { insertSigningKey, listSigningKeys, rotationSecret } from '../../store/cards.ts';
import type { CardSigningKeyRow } from '../../store/tables/cardTables.ts';
import { getDocument, putDocument } from '../../store/documents.ts';

type Needs = Pick<Deps, 'db' | 'clock' | 'random' | 'live'>;

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };
const DAY_MS = 86_400_000;
const DEFAULT_OFFLINE_HOURS = 72;

/** The key that signs cards of a business now; made at the first need. */
export async function cardSigner(deps: Pick<Deps, 'db' | 'clock'>, business: string): Promise<CardSigner> {
  const row = (await signingKeys(deps, business))[0];
  if (!row) throw new Error('A signing key was stored and is not there.');
  const jwk = { kty: 'EC', crv: 'P-256', x: row.x, y: row.y, d: row.d };
  return { kid: row.kid, key: await crypto.subtle.importKey('jwk', jwk, CURVE, false, ['sign']) };
}

/** What a till needs to verify cards offline, as of now: every public key, and day keys as far as redeeming offline goes. */
export async function currentCardKeys(
  deps: Pick<Deps, 'db' | 'clock' | 'random'>,
  business: string,
): Promise<CardKeys> {
  const secret = await rotationSecretOf(deps, business);
  const rotating: Record<string, string> = {};
  for (const day of await daysAhead(deps, business)) rotating[day] = dayKeyOf(secret, day);
  const signing = (await signingKeys(deps, business)).map(({ kid, x, y }) => ({ kid, x, y }));
  return { signing, rotating };
}

/**
 * Brings the card keys of a business up to date where a new day has begun or a key was added; cheap where nothing is to
 * do, so that every pull can call it. Needs no job: day keys come from a secret and the day's name.
 */
export async function freshenCardKeys(deps: Needs, business: string): Promise<void> {
  const stored = await getDocument(deps.db, business, 'cardKeys', business);
  const days = await daysAhead(deps, business);
  if (stored && stored.signing.length > 0 && days.every((day) => stored.rotating[day] !== undefined)) return;
  await putDocument(deps.db, business, {
    kind: 'cardKeys',
    id: business,
    data: await currentCardKeys(deps, business),
  });
  deps.live.moved(business, { members: [] });
}

/** The secret that a business's rotating codes come from; made at the first need. */
export async function rotationSecretOf(deps: Pick<Deps, 'db' | 'random'>, business: string): Promise<Uint8Array> {
  const stored = await rotationSecret(deps.db, business, toBase64(deps.random.bytes(32)));
  const bytes = fromBase64(stored);
  if (bytes === null) throw new Error('The stored rotation secret is not base64.');
  return bytes;
}

/** UTC days from yesterday (a window may have begun there) to the last on which a till may redeem offline, and one more. */
async function daysAhead(deps: Pick<Deps, 'db' | 'clock'>, business: string): Promise<string[]> {
  const hash = (await getDocument(deps.db, business, 'business', business))?.program;
  const version = hash === undefined ? null : await getDocument(deps.db, business, 'program', hash);
  const hours = version?.program.policies.offlineRedeemHours ?? DEFAULT_OFFLINE_HOURS;
  const last = Math.ceil(hours / 24) + 1;
  return Array.from({ length: last + 2 }, (_, i) => utcDayOf(deps.clock.now() + (i - 1) * DAY_MS));
}

async function signingKeys(deps: Pick<Deps, 'db' | 'clock'>, business: string): Promise<CardSigningKeyRow[]> {
  const found = await listSigningKeys(deps.db, business);
  if (found.length > 0) return found;
  const pair = await crypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  const { x = '', y = '', d = '' } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  await insertSigningKey(deps.db, { business, kid: 1, x, y, d, created_at: deps.clock.now() });
  return listSigningKeys(deps.db, business);
}
