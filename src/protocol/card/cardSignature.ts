import type { CardKeys } from '../documents.ts';

/** How cards and vouchers are signed. */
export const SIGNING = { name: 'ECDSA', hash: 'SHA-256' };
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };

/** WebCrypto's key, named so that browsers and Node agree on the type. */
export type SigningKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/**
 * Whether a business's key of that id made the signature. Never throws; a key that cannot be used counts as unknown.
 * @param signed purpose and content, exactly as they were signed
 */
export async function checkSignature(
  cardKeys: CardKeys,
  kid: number,
  signature: Uint8Array<ArrayBuffer>,
  signed: Uint8Array<ArrayBuffer>,
): Promise<'genuine' | 'forged' | 'unknownKey'> {
  const found = cardKeys.signing.find((each) => each.kid === kid);
  if (found === undefined) return 'unknownKey';
  let key: SigningKey;
  try {
    const jwk = { kty: 'EC', crv: 'P-256', x: found.x, y: found.y };
    key = await crypto.subtle.importKey('jwk', jwk, CURVE, false, ['verify']);
  } catch {
    return 'unknownKey';
  }
  return (await crypto.subtle.verify(SIGNING, key, signature, signed)) ? 'genuine' : 'forged';
}
