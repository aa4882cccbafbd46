import type { Cursor } from './sync.ts';

/** `POST /pair`: a till redeems its one-time code. The key's private half never leaves the tablet. */
export interface PairRequest {
  readonly code: string;
  readonly publicKey: { readonly x: string; readonly y: string };
  /** Proof that the sender holds the key: signature over `pairingText`, base64url. */
  readonly proof: string;
  /**
   * The device that the sender was here before, with this same key. A server that does not know it (it was restored from a
   * backup that is older than the pairing) takes it under that id again, and with it what it has not sent yet.
   */
  readonly device?: string;
}

export interface PairAnswer {
  readonly device: string;
  readonly name: string;
  readonly business: string;
  readonly location: string;
  readonly epoch: string;
  readonly cursor: Cursor;
}
