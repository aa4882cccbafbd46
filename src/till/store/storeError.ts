/** What went wrong in IndexedDB, as far as it decides what the till does next. */
export type StoreFault =
  /** No room. Nothing was stored. */
  | 'full'
  /** The connection died (a WebKit habit): open again and try again. */
  | 'lost'
  /** The key is taken already. */
  | 'taken'
  /** A mistake in the program. */
  | 'bug';

const LOST = new Set([
  'DatabaseClosedError',
  'UnknownError',
  'InvalidStateError',
  'OpenFailedError',
  'TransactionInactiveError',
  'TimeoutError',
  'NotReadableError',
]);

/** Unwraps what Dexie wraps: a full disk arrives as an aborted transaction, with the cause inside. */
export function storeFaultOf(error: unknown): StoreFault {
  const names: string[] = [];
  let at: unknown = error;
  for (let depth = 0; depth < 5 && typeof at === 'object' && at !== null; depth++) {
    if ('name' in at && typeof at.name === 'string') names.push(at.name);
    at = 'inner' in at ? at.inner : null;
  }
  if (names.includes('QuotaExceededError')) return 'full';
  if (names.includes('ConstraintError') || names.includes('BulkError')) return 'taken';
  if (names.some((name) => LOST.has(name)) || names.includes('AbortError')) return 'lost';
  return 'bug';
}
