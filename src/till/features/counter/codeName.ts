/** Signs of a token's text that name its card: header, key, business and card id, 22 bytes of base32 (8 signs for 5 bytes). */
const CARD_SIGNS = 32;
/** Longer ones are vouchers from a phone: each is a thing of its own. */
const LONGEST_CARD = 157;

/**
 * What a code identifies, for the repeat guard: a rotating code changes its text every few seconds, but begins with the
 * same card.
 */
export function codeName(text: string): string {
  const token = /\/C\/([A-Z2-7]{100,})$/i.exec(text)?.[1];
  return token && token.length <= LONGEST_CARD ? token.slice(0, CARD_SIGNS) : text;
}
