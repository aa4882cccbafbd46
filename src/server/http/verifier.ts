import { importPublicKey, verifyText } from '../../protocol/deviceProof.ts';

/** Whether a signature over a text was made with the key of this point; false for anything malformed. */
export type Verify = (
  point: { readonly x: string; readonly y: string },
  text: string,
  signature: string,
) => Promise<boolean>;

const MOST_KEYS = 10_000;

/** Verifies with WebCrypto, and keeps the keys it has imported. */
export function createVerifier(): Verify {
  const keys = new Map<string, CryptoKey>();
  return async ({ x, y }, text, signature) => {
    try {
      const name = `${x}.${y}`;
      const key = keys.get(name) ?? (await importPublicKey({ x, y }));
      if (keys.size >= MOST_KEYS) keys.clear();
      keys.set(name, key);
      return await verifyText(key, text, signature);
    } catch {
      return false;
    }
  };
}
