import type { Instant } from '../loyalty/basics.ts';
import { fromBase64Url, toBase64Url } from './bytes.ts';
import { hashBytes, hashText } from './hash.ts';

/** A proof whose time is further from the server's clock than this is answered with 401 `proofClock`. */
export const PROOF_WINDOW_MS = 5 * 60_000;

/** What a device vouches for with each request. */
export interface ProofSubject {
  /** Upper case. */
  readonly method: string;
  /** Path with query, exactly as requested: `/sync/pull?gseq=0`. */
  readonly path: string;
  /** The server's time as the device knows it: its own clock plus the measured skew. */
  readonly time: Instant;
  /** 16 random bytes, base64url; the server takes each one once. */
  readonly nonce: string;
  /** The body as sent, compressed where it is; an empty string for GET. */
  readonly body: string | Uint8Array;
}

export interface Proof {
  readonly device: string;
  readonly time: Instant;
  readonly nonce: string;
  readonly signature: string;
}

const ALGORITHM = { name: 'ECDSA', hash: 'SHA-256' } as const;

/**
 * What is signed: one line per thing, with a purpose in front, so that no other signature can pass for it. `hash` is
 * SHA-256 as lower-case hex; the server passes its own, faster one.
 */
export function proofText(subject: ProofSubject, hash: (body: string | Uint8Array) => string = hashBody): string {
  return [
    'regulars-device-proof-1',
    subject.method,
    subject.path,
    String(subject.time),
    subject.nonce,
    hash(subject.body),
  ].join('\n');
}

const hashBody = (body: string | Uint8Array) => (typeof body === 'string' ? hashText(body) : hashBytes(body));

/** What a till signs with its key when it redeems a pairing code; `device` where it asks to be who it was before. */
export function pairingText(code: string, device?: string): string {
  return `regulars-pairing-1\n${code}${device === undefined ? '' : `\n${device}`}`;
}

/** P-256 signature over a text, r||s as base64url. */
export async function signText(key: CryptoKey, text: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.sign(ALGORITHM, key, new TextEncoder().encode(text))));
}

/** Whether a signature made by `signText` fits; false for anything malformed. */
export async function verifyText(key: CryptoKey, text: string, signature: string): Promise<boolean> {
  const raw = fromBase64Url(signature);
  if (raw?.length !== 64) return false;
  return crypto.subtle.verify(ALGORITHM, key, raw, new TextEncoder().encode(text));
}

/** A device's public key as it was given at pairing; rejects when the point is not on the curve. */
export async function importPublicKey(point: { readonly x: string; readonly y: string }): Promise<CryptoKey> {
  const jwk = { kty: 'EC', crv: 'P-256', x: point.x, y: point.y, ext: true };
  return crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']);
}

/** The `Authorization` header of a request. */
export async function proofHeader(device: string, key: CryptoKey, subject: ProofSubject): Promise<string> {
  return signedHeader(device, subject, await signText(key, proofText(subject)));
}

/** The same from a signature over `proofText(subject)` that was made elsewhere. */
export function signedHeader(device: string, subject: ProofSubject, signature: string): string {
  return `Regulars device="${device}", time="${subject.time}", nonce="${subject.nonce}", signature="${signature}"`;
}

const HEADER = /^Regulars device="([\w-]{1,64})", time="(\d{1,16})", nonce="([\w-]{16,64})", signature="([\w-]{86})"$/;

/** Reads an `Authorization` header; `null` where it is not a device proof. */
export function readProof(header: string): Proof | null {
  const [, device, time, nonce, signature] = HEADER.exec(header) ?? [];
  if (!device || !time || !nonce || !signature) return null;
  return { device, time: Number(time), nonce, signature };
}
