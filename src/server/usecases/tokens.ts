import type { Random } from '../deps.ts';
import { serverHash } from '../ledger/serverHash.ts';

/** A secret that is handed out once; 256 bits, so that nobody guesses it and no salt is needed. */
export function newToken(random: Random): string {
  return Buffer.from(random.bytes(32)).toString('base64url');
}

/** What is stored of a secret that is too long to be guessed, so that no slow hash is needed. */
export function hashToken(token: string): string {
  return serverHash(token);
}
