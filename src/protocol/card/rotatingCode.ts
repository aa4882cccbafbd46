import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase32, toBase32 } from '../base32.ts';
import { fromBase64, fromHex, join, toBase64, toHex, uint32 } from '../bytes.ts';
import type { CardCode } from './cardToken.ts';
import type { CardKeys } from '../documents.ts';

/*
 * The rotating code against screenshots: after the 90 bytes of the token come the window (4 bytes) and the code (4 bytes).
 *
 *   window          seconds since 1970 / 30, floored
 *   day             the UTC day of the window, `YYYY-MM-DD`
 *   dayKey          HMAC-SHA256(the business's rotation secret, day): tills have these (see `CardKeys`)
 *   cardDayKey      HMAC-SHA256(dayKey, card id): the customer's phone has these, for its own card alone
 *   code            first 32 bits of HMAC-SHA256(cardDayKey, window)
 *
 * Both sides work without network for as many days as they hold keys. The functions are asynchronous so that the
 * hashing may move to another engine without a change for the callers.
 */
const WINDOW_MS = 30_000;
/** Windows before and after the present one that count as fresh: about a minute. */
export const FRESH_WINDOWS = 2;
/** The same where the till cannot be sure of its clock: five minutes; the till flags what it takes that way. */
export const UNSURE_WINDOWS = 10;

export type Freshness = 'fresh' | 'stale' | 'noKey' | 'static';

/** The day's key of a business, base64. */
export function dayKeyOf(rotationSecret: Uint8Array, day: string): string {
  return toBase64(hmac(sha256, rotationSecret, utf8ToBytes(day)));
}

/** One card's key of a day, base64; `null` where the day key is not base64. */
export function cardDayKeyOf(dayKey: string, cardId: string): string | null {
  const key = fromBase64(dayKey);
  return key === null ? null : toBase64(hmac(sha256, key, fromHex(cardId)));
}

/** The UTC day of an instant, `YYYY-MM-DD`. */
export function utcDayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The window that an instant lies in. */
function windowOf(at: number): number {
  return Math.floor(at / WINDOW_MS);
}

/** Milliseconds until the next code. */
export function untilNextWindow(at: number): number {
  return WINDOW_MS - (at % WINDOW_MS);
}

/**
 * Whether the rotating part is of now. `stale`: of another time (a screenshot) or wrong; `noKey`: this till holds no key of
 * that day; `static`: the code has no rotating part. Never throws.
 * @param now the till's clock, corrected by its measured skew
 * @param tolerance windows on either side; `UNSURE_WINDOWS` where the clock is not sure
 */
export async function checkRotating(
  card: CardCode,
  cardKeys: CardKeys,
  now: number,
  tolerance: number = FRESH_WINDOWS,
): Promise<Freshness> {
  if (card.rotating === null) return 'static';
  const { window, code } = card.rotating;
  if (Math.abs(windowOf(now) - window) > tolerance) return 'stale';
  const dayKey = cardKeys.rotating[utcDayOf(window * WINDOW_MS)];
  const key = dayKey === undefined ? null : cardDayKeyOf(dayKey, card.cardId);
  if (key === null) return 'noKey';
  const expected = codeOf(key, window);
  return expected !== null && toHex(expected) === code ? 'fresh' : 'stale';
}

/**
 * What the phone's QR says now; `null` where the phone holds no key of today (it shows the static code then).
 * @param prefix `HTTPS://HOST/C/`
 * @param token the static token, base32
 * @param cardDayKeys keys of this card by UTC day, base64
 */
export async function rotatingText(
  prefix: string,
  token: string,
  cardDayKeys: Readonly<Record<string, string>>,
  now: number,
): Promise<string | null> {
  const window = windowOf(now);
  const key = cardDayKeys[utcDayOf(now)];
  const bytes = fromBase32(token);
  const code = key === undefined ? null : codeOf(key, window);
  if (bytes === null || code === null) return null;
  return prefix + toBase32(join(bytes, uint32(window), code));
}

function codeOf(cardDayKey: string, window: number): Uint8Array | null {
  const key = fromBase64(cardDayKey);
  return key === null ? null : hmac(sha256, key, uint32(window)).subarray(0, 4);
}
