import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Program } from '../loyalty/program.ts';
import { canonical } from './canonical.ts';

/** `prev` of a run's first event, and the chain before the first event of a ledger. */
export const ZERO_HASH = '0'.repeat(64);

/**
 * SHA-256 of a text's UTF-8 bytes, lower-case hex. Synchronous, since it runs right before a transaction that must not
 * wait for WebCrypto. The server has the same function on its own crypto library (`server/ledger/serverHash.ts`).
 */
export function hashText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** The same of bytes as they are, such as a compressed body. */
export function hashBytes(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** Names an event: the hash of its canonical bytes. */
export function eventHash(bytes: string): string {
  return hashText(bytes);
}

/** The ledger's running hash: over the chain so far and the next event's hash, both as hex. */
export function chainHash(chain: string, event: string): string {
  return hashText(chain + event);
}

/** Names a version of a program by its content. */
export function programHash(program: Program): string {
  return hashText(canonical(program));
}
