import type { Attempt } from './attemptPlan.ts';
import type { Decoded, Frame } from './decoder.ts';

export type ToWorker =
  | { readonly kind: 'load'; readonly wasmUrl: string }
  | { readonly kind: 'decode'; readonly frame: Frame; readonly attempt: Attempt };

export type FromWorker =
  | { readonly kind: 'ready' }
  /** The wasm could not be loaded; the worker is of no use. */
  | { readonly kind: 'broken'; readonly why: string }
  | { readonly kind: 'decoded'; readonly decoded: Decoded | null };
