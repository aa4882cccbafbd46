import type { Cursor } from './sync.ts';

/** `POST /pair`: a till redeems its one-time code. The key's private half never leaves the tablet. */
export interface PairRequest {
  readonly code: string;
  readonly publicKey: { readonly x: string; readonly y: string };
  /** Proof that the sender holds the key: signature over the code, base64url. */
  readonly proof: string;
}

export interface PairAnswer {
  readonly device: string;
  readonly name: string;
  readonly business: string;
  readonly location: string;
  readonly epoch: string;
  readonly cursor: Cursor;
}
