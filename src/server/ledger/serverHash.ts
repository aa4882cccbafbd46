import { hash } from 'node:crypto';

/** `hashText` of the protocol on Node's own crypto, which is five times as fast; a test holds them equal. */
export function serverHash(text: string): string {
  return hash('sha256', text, 'hex');
}
