const NAMES =
  /AbortError|DatabaseClosed|InvalidState|UnknownError|QuotaExceeded|TransactionInactive|OpenFailed|page is gone/;

/** Whether it is a storage's way of saying no, in whatever wrapping. */
export function isStoreError(error: unknown): error is Error {
  const isError = error instanceof Error || error instanceof DOMException;
  return isError && NAMES.test(`${error.name} ${String(error)}`);
}
