import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * On whose behalf the code that runs now works. PostgreSQL's row-level security shows and takes the rows of this context
 * only; without one there are none. SQLite serves one shop's machine and does not look at it.
 */
export type Context =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'business'; readonly business: string }
  /** Finds out whose business it is: the one row whose secret, id or e-mail address this is, to read. */
  | { readonly kind: 'key'; readonly key: string }
  /** The names and heads of all businesses, to read; nothing that is theirs. */
  | { readonly kind: 'businesses' };

const contexts = new AsyncLocalStorage<Context>();
const NOBODY: Context = { kind: 'nobody' };

/** Runs something for one business: set where it is known who asks, before anything of that business is touched. */
export function forBusiness<T>(business: string, run: () => T): T {
  if (business === '') throw new Error('A business has a name.');
  return contexts.run({ kind: 'business', business }, run);
}

/** Looks up one row by the key that only it has, where the business is not known yet. */
export function byKey<T>(key: string, run: () => T): T {
  return contexts.run({ kind: 'key', key }, run);
}

/** Lists the businesses of this server, for what is done for each of them. */
export function acrossBusinesses<T>(run: () => T): T {
  return contexts.run({ kind: 'businesses' }, run);
}

/** Where each request begins: what was set around it does not reach into it. */
export function forNobody<T>(run: () => T): T {
  return contexts.run(NOBODY, run);
}

/** Takes the present context along to where another one (or none) will be: a stream that is read later. */
export function keepContext(): <T>(run: () => T) => T {
  return AsyncLocalStorage.snapshot();
}

/** `null`: nobody has said anything, as in a script. */
export function currentContext(): Context | null {
  return contexts.getStore() ?? null;
}
