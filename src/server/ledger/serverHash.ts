import { hash } from 'node:crypto';

/** `hashText` and `hashBytes` of the protocol on Node's own crypto, which is five times as fast; a test holds them equal. */
export function serverHash(text: string | Uint8Array): string {
  return hash('sha256', text, 'hex');
}
