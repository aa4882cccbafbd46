import type { Observable } from './till.ts';

export interface Settable<T> extends Observable<T> {
  readonly set: (value: T) => void;
}

/** A value that screens can watch. Listeners run after the value has changed; one that throws is a bug and is not caught. */
export function observable<T>(initial: T): Settable<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(value, next)) return;
      value = next;
      listeners.forEach((listener) => listener());
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
