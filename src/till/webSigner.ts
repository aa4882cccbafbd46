import { signText } from '../protocol/device-proof.ts';
import type { Signer } from './ports.ts';

/** WebCrypto: the private key can be used here, and read nowhere. */
export const webSigner: Signer = {
  makeKeys: async () => {
    const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', keys.publicKey);
    return { keys, point: { x, y } };
  },
  sign: (keys, text) => signText(keys.privateKey as CryptoKey, text),
};
