import type { DeviceHealth } from '../../protocol/sync.ts';
import type { TillParts } from '../tillParts.ts';
import type { Api, Failure } from './api.ts';

/** What the steps of the sync loop work with. */
export interface SyncParts extends TillParts {
  readonly api: Api;
  /** What goes with each push for the owner to see. */
  readonly health: () => Pick<DeviceHealth, 'persisted' | 'storage' | 'skew' | 'lastError'>;
  /** Somebody is being served; what can wait, waits. */
  readonly busy: () => boolean;
  /** Everything out and in: what this till can do without of its shares may go to another one. */
  readonly settled: () => Promise<void>;
  /** Canonical states or documents have changed: screens and other tabs want to know. */
  readonly moved: (members: readonly string[] | 'all', documents: boolean) => void;
  /** Reads again what another tab may have stored. */
  readonly reload: () => Promise<void>;
  readonly progress: (bootstrap: { readonly done: number; readonly total: number } | null) => void;
}

/** How a step of the loop ended. */
export type Step =
  | { readonly kind: 'done' }
  | { readonly kind: 'more' }
  /** The server's ledger is not the one that our states come from (restored, or its head is behind us). */
  | { readonly kind: 'diverged' }
  | { readonly kind: 'failed'; readonly failure: Failure };
