import { createHmac } from 'node:crypto';
import type { Verify } from '../../src/server/http/verifier.ts';
import type { Signer } from '../../src/till/ports.ts';
import type { Rng } from './rng.ts';

/**
 * WebCrypto works on other threads and answers in any order, so devices sign otherwise here: the point of a "public key" is
 * the secret itself, and a signature its keyed hash. What the product does with signatures stays the same.
 */
export function simSigner(rng: Rng): Signer {
  return {
    makeKeys: async () => {
      const x = Buffer.from(rng.bytes(32)).toString('base64url');
      const y = Buffer.from(rng.bytes(32)).toString('base64url');
      return { keys: { privateKey: x, publicKey: y }, point: { x, y } };
    },
    pointOf: async ({ privateKey, publicKey }) => ({ x: String(privateKey), y: String(publicKey) }),
    sign: async ({ privateKey }, text) => signature(String(privateKey), text),
  };
}

export const simVerify: Verify = async ({ x }, text, given) => given === signature(x, text);

function signature(secret: string, text: string): string {
  const half = createHmac('sha256', secret).update(text).digest();
  return Buffer.concat([half, half]).toString('base64url');
}
