import type { Instant } from '../../loyalty/basics.ts';
import type { Program } from '../../loyalty/program.ts';
import type { CardDocument } from './cardDocument.ts';

/**
 * The API of the customer's card, `/c/api/*`: JSON in and out. The phone is known by an HttpOnly cookie that the server
 * sets at joining; whatever changes something carries the header `x-regulars-card: 1`, which no other site can send
 * without asking first. The shapes of what is sent are in `cardBodies.ts`.
 */
export const CARD_HEADER = 'x-regulars-card';

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
  /** Nobody's yet, but this phone has a card of that shop already. */
  | { readonly kind: 'second'; readonly shop: ShopFace }
  | { readonly kind: 'taken'; readonly shop: ShopFace }
  | { readonly kind: 'blocked'; readonly shop: ShopFace }
  | { readonly kind: 'unknown' };

/** `POST /c/api/recovery`: a new code; the one before it ends. */
export interface RecoveryAnswer {
  readonly recoveryCode: string;
}

/**
 * `POST /c/api/voucher`: a code with which an offline till gives one reward, for some minutes. Asking again meanwhile gives
 * the same one.
 */
export interface PhoneVoucher {
  /** What the QR says. */
  readonly text: string;
  readonly reward: string;
  readonly until: Instant;
}

/** Why there is none: `off`: the shop does not offer it; `held`: another phone of this member has one for the same thing. */
export type NoVoucher = 'notAvailable' | 'held' | 'blocked' | 'tooMany' | 'off';

export type VoucherAnswer =
  { readonly ok: true; readonly voucher: PhoneVoucher } | { readonly ok: false; readonly because: NoVoucher };

/** The hint that `GET /c/api/live` sends when this member has changed; the card is fetched then. */
export const CHANGED = 'changed';
