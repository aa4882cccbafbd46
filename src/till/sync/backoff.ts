import type { Failure } from './api.ts';

const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

/**
 * How long to wait after the n-th failure in a row (from 1): full jitter between nothing and a limit that doubles from
 * 1 s to 60 s, for ever; never less than the server asked for.
 */
export function pauseAfter(failures: number, random: () => number, failure: Failure | null): number {
  const limit = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(10, Math.max(0, failures - 1)));
  const asked = failure?.kind === 'http' ? (failure.retryAfterMs ?? 0) : 0;
  return Math.max(asked, Math.round(random() * limit));
}

/** Whether the very same request may succeed later without anybody doing anything. */
export function isPassing(failure: Failure): boolean {
  return failure.kind !== 'http' || failure.status === 429 || failure.status >= 500;
}
