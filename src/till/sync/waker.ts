import type { Timers } from '../ports.ts';

/** Waits that something else can cut short. A call that comes while nobody waits counts for the next wait. */
export class Waker {
  readonly #timers: Timers;
  #called = false;
  #end: (() => void) | null = null;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  wake(): void {
    this.#called = true;
    this.#end?.();
  }

  /**
   * Resolves after `ms`, when the signal aborts, or, if `early`, when somebody calls `wake`.
   */
  async wait(ms: number, signal: AbortSignal, early: boolean): Promise<void> {
    if (signal.aborted || (early && this.#called)) {
      this.#called = false;
      return;
    }
    await new Promise<void>((resolve) => {
      const end = () => {
        cancel();
        signal.removeEventListener('abort', end);
        this.#end = null;
        resolve();
      };
      const cancel = this.#timers.after(ms, end);
      signal.addEventListener('abort', end);
      if (early) this.#end = end;
    });
    this.#called = false;
  }
}
