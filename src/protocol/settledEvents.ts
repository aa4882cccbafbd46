import type { ExceptionRecord } from './event.ts';

/** Ids of the events whose exceptions are all closed: nobody has to look at them any more. */
export function settledEvents(exceptions: readonly ExceptionRecord[]): ReadonlySet<string> {
  const settled = new Set(exceptions.filter((one) => one.closed).map((one) => one.event));
  for (const one of exceptions) if (!one.closed) settled.delete(one.event);
  return settled;
}
