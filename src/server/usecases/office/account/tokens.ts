import { createHash } from 'node:crypto';
import type { Random } from '../../../deps.ts';

/** A secret that is handed out once; 256 bits, so that nobody guesses it and no salt is needed. */
export function newToken(random: Random): string {
  return Buffer.from(random.bytes(32)).toString('base64url');
}

/** What is stored of a token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
