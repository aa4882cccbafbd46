import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase32, toBase32 } from '../base32.ts';
import { fromHex, join, toHex, uint32 } from '../bytes.ts';
import { checkSignature, SIGNING, type SigningKey } from './cardSignature.ts';
import type { CardKeys } from '../documents.ts';

/*
 * The card's code: a signed token of 90 bytes that any till verifies offline and that carries no personal data.
 *
 *   0       version (3 bits, now 1) | printed (1 bit) | algorithm (4 bits, 1 = ECDSA P-256 with SHA-256)
 *   1       key id
 *   2..5    business tag: first 4 bytes of the SHA-256 of the business id
 *   6..21   card id, random
 *   22..25  hour of issue since 1970, most significant byte first
 *   26..89  signature (r, s) over the purpose and bytes 0..25
 *
 * As text: `HTTPS://HOST/C/` and upper-case base32, so that any camera app opens it and the QR stays alphanumeric. A
 * rotating code is the same 90 bytes and 8 more (see `rotatingCode.ts`).
 */
const PURPOSE = utf8ToBytes('regulars card token 1\n');
const SIGNED = 26;
const STATIC = 90;
const ROTATING = 98;
const PRINTED = 0x10;
const P256 = 0x21;

/** What signs cards: a private P-256 key and its id, 0 to 255. */
export interface CardSigner {
  readonly kid: number;
  readonly key: SigningKey;
}

/** A card's code as read; nothing of it is proven before `verifyCardToken`. */
export interface CardCode {
  readonly kind: 'card';
  /** Lower-case hex of 16 bytes. */
  readonly cardId: string;
  readonly kid: number;
  /** Hex of 4 bytes. */
  readonly businessTag: string;
  readonly issuedHour: number;
  /** A card printed ahead, not one on a phone. */
  readonly printed: boolean;
  readonly rotating: { readonly window: number; readonly code: string } | null;
  /** The 90 bytes, without the rotating part. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type CardText =
  CardCode | { readonly kind: 'notOurs'; readonly looksLike: 'url' | 'text' | 'receipt' | 'number' };

export type Genuineness = 'genuine' | 'forged' | 'otherShop' | 'unknownKey';

/**
 * Signs a card.
 * @param cardId lower-case hex of 16 random bytes
 * @param issuedHour hours since 1970
 * @returns the static token, upper-case base32 (144 symbols)
 */
export async function issueCardToken(
  signer: CardSigner,
  businessId: string,
  cardId: string,
  issuedHour: number,
  printed = false,
): Promise<string> {
  const head = join(
    Uint8Array.of(printed ? P256 | PRINTED : P256, signer.kid),
    fromHex(businessTagOf(businessId)),
    fromHex(cardId),
    uint32(issuedHour),
  );
  const signature = await crypto.subtle.sign(SIGNING, signer.key, join(PURPOSE, head));
  return toBase32(join(head, new Uint8Array(signature)));
}

/**
 * Reads what a camera, a scanner or a person gave: the web address in any case, or the bare base32. Total: whatever it is
 * not, it says what it looks like.
 */
export function readCardText(text: string): CardText {
  const trimmed = text.trim();
  const symbols = /^(?:https?:\/\/[^\s/]+\/c\/)?([a-z2-7]{144}(?:[a-z2-7]{13})?)\/?$/i.exec(trimmed)?.[1];
  const bytes = symbols === undefined ? null : fromBase32(symbols);
  if (bytes === null || (bytes.length !== STATIC && bytes.length !== ROTATING)) return notOurs(trimmed);
  const [first = 0, kid = 0] = bytes;
  if ((first & ~PRINTED) !== P256) return notOurs(trimmed);
  const view = new DataView(bytes.buffer);
  return {
    kind: 'card',
    cardId: toHex(bytes.subarray(6, 22)),
    kid,
    businessTag: toHex(bytes.subarray(2, 6)),
    issuedHour: view.getUint32(22),
    printed: (first & PRINTED) !== 0,
    rotating: bytes.length === ROTATING ? { window: view.getUint32(90), code: toHex(bytes.subarray(94, 98)) } : null,
    bytes: bytes.slice(0, STATIC),
  };
}

/** Whether this business signed the card. Never throws; a key that cannot be used counts as unknown. */
export async function verifyCardToken(card: CardCode, cardKeys: CardKeys, businessId: string): Promise<Genuineness> {
  if (card.businessTag !== businessTagOf(businessId)) return 'otherShop';
  const signed = join(PURPOSE, card.bytes.subarray(0, SIGNED));
  return checkSignature(cardKeys, card.kid, card.bytes.slice(SIGNED, STATIC), signed);
}

/** The four bytes, as hex, by which a card says whose it is; also the short code of the shop on its poster. */
export function businessTagOf(businessId: string): string {
  return toHex(sha256(utf8ToBytes(businessId)).subarray(0, 4));
}

function notOurs(text: string): CardText {
  if (/nav\.gov\.hu|nyugta|receipt|^AP?[A-Z]?\d{8}\b|^BCD\s/i.test(text))
    return { kind: 'notOurs', looksLike: 'receipt' };
  if (/^(?:https?:\/\/|www\.)/i.test(text)) return { kind: 'notOurs', looksLike: 'url' };
  return { kind: 'notOurs', looksLike: /^[\d\s-]{4,}$/.test(text) ? 'number' : 'text' };
}
