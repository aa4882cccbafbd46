import { z } from 'zod';
import type { Program } from '../loyalty/program.ts';
import type { CardDocument } from './card.ts';

/**
 * The API of the customer's card, `/c/api/*`: JSON in and out. The phone is known by an HttpOnly cookie that the server
 * sets at joining; whatever changes something carries the header `x-regulars-card: 1`, which no other site can send
 * without asking first.
 */
export const CARD_HEADER = 'x-regulars-card';

const shop = z.string().min(1).max(80);
const token = z.string().regex(/^[a-z2-7]{144}(?:[a-z2-7]{13})?$/i);
/** Made by the phone once per press of the button, so that a double tap or a lost answer joins once. */
const joinId = z.uuid();
const language = z.string().regex(/^[a-z]{2}$/);
const name = z.string().trim().max(80);

export const joinBody = z.object({ shop, join: joinId, language });
export const foundBody = z.object({ token });
export const claimBody = z.object({ token, join: joinId, language });
export const profileBody = z.object({
  name: name.nullable(),
  callName: name.nullable(),
  language: language.optional(),
});
export const recoverBody = z.object({ code: z.string().max(40) });
export const comebackBody = z.object({ key: z.string().regex(/^[\w-]{20,200}$/) });

/** `GET /c/api/shop/:shop`: what the join page shows before anybody has joined. */
export interface ShopFace {
  readonly business: CardDocument['business'];
  readonly program: Omit<Program, 'secret'>;
}

/**
 * `POST /c/api/found`: what a card is that somebody's camera has opened. A card that lives on a phone already is `taken`, and
 * nothing of it is shown.
 */
export type FoundCard =
  | { readonly kind: 'mine' }
  | { readonly kind: 'claimable'; readonly shop: ShopFace }
  | { readonly kind: 'taken'; readonly shop: ShopFace }
  | { readonly kind: 'blocked'; readonly shop: ShopFace }
  | { readonly kind: 'unknown' };

/** `POST /c/api/recovery`: a new code; the one before it ends. */
export interface RecoveryAnswer {
  readonly recoveryCode: string;
}

/** The hint that `GET /c/api/live` sends when this member has changed; the card is fetched then. */
export const CHANGED = 'changed';
