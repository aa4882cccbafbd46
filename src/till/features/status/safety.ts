import type { TillStatus } from '../../till.ts';

/** Whether this tablet may be switched off, put away or taken out of the shop, or what speaks against it. */
export type Safety =
  | { readonly kind: 'safe' }
  /** Stored here and kept: they go when there is a network again. */
  | { readonly kind: 'unsent'; readonly events: number; readonly patches: number; readonly offline: boolean }
  /** The browser may throw away what it stored. */
  | { readonly kind: 'unprotected'; readonly events: number; readonly patches: number };

/** Nothing is unsent: safe. What is unsent is safe on the disk, but only as safe as the browser's storage is. */
export function safetyOf(status: Pick<TillStatus, 'unsent' | 'unsentPatches' | 'connection' | 'persisted'>): Safety {
  const { unsent: events, unsentPatches: patches, connection, persisted } = status;
  if (events + patches === 0) return { kind: 'safe' };
  if (persisted === false) return { kind: 'unprotected', events, patches };
  return { kind: 'unsent', events, patches, offline: connection === 'offline' };
}
