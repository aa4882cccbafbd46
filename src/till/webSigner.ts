import { signText } from '../protocol/deviceProof.ts';
import type { Signer } from './ports.ts';

/** WebCrypto: the private key can be used here, and read nowhere. */
export const webSigner: Signer = {
  makeKeys: async () => {
    const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    return { keys, point: await pointOf(keys.publicKey) };
  },
  pointOf: (keys) => pointOf(keys.publicKey as CryptoKey),
  sign: (keys, text) => signText(keys.privateKey as CryptoKey, text),
};

async function pointOf(publicKey: CryptoKey): Promise<{ readonly x: string; readonly y: string }> {
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey);
  return { x, y };
}
