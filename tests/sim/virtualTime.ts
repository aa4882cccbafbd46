import type { Rng } from './rng.ts';

/**
 * The time of the simulation. Loaded before anything else, it takes the place of the process's timers, clock and chance,
 * so that libraries (Dexie, the database in memory, Kysely) wait in the same queue as everything else: what runs next is
 * decided by the seed, and a year passes in no time.
 */
const realImmediate = globalThis.setImmediate;
const RealDate = globalThis.Date;

/** Where the simulated world begins: Tuesday, 10 March 2026, 9:00 UTC. */
export const BEGIN = RealDate.UTC(2026, 2, 10, 9, 0, 0);

interface Task {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
  /** May come before what is ready at once: a message or an act, not a time-out. */
  readonly eager: boolean;
  off: boolean;
}

class VirtualTime {
  now = BEGIN;
  /** Macro tasks done in this run. */
  steps = 0;
  #order = 0;
  #ready: (() => void)[] = [];
  #readAt = 0;
  #later: Task[] = [];
  #rng: Rng | null = null;
  #hurry = 0;

  /**
   * Begins a run afresh.
   * @param hurry how often a message or an act overtakes what is ready, 0 to 1
   */
  begin(rng: Rng, hurry: number): void {
    Object.assign(this, { now: BEGIN, steps: 0 });
    this.#order = 0;
    this.#ready = [];
    this.#readAt = 0;
    this.#later = [];
    this.#rng = rng;
    this.#hurry = hurry;
  }

  soon(run: () => void): () => void {
    let off = false;
    this.#ready.push(() => {
      if (!off) run();
    });
    return () => (off = true);
  }

  after(ms: number, run: () => void, eager = false): () => void {
    const wait = Number.isFinite(ms) ? Math.max(0, ms) : 0;
    const task: Task = { at: this.now + wait, order: this.#order++, run, eager, off: false };
    this.#insert(task);
    return () => (task.off = true);
  }

  /** Resolves after so many ms of virtual time. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve, true));
  }

  /** Does the next thing; `false`: there is none before `until`. */
  step(until: number): boolean {
    const isReady = this.#readAt < this.#ready.length;
    while (this.#later.at(-1)?.off) this.#later.pop();
    const next = this.#later.at(-1);
    const overtakes = isReady && next?.eager && next.at < this.now + 5000 && this.#rng?.chance(this.#hurry);
    if (isReady && !overtakes) {
      const run = this.#ready[this.#readAt++];
      if (this.#readAt > 1000) {
        this.#ready = this.#ready.slice(this.#readAt);
        this.#readAt = 0;
      }
      this.steps += 1;
      run?.();
      return true;
    }
    if (next === undefined || next.at > until) return false;
    this.#later.pop();
    this.now = Math.max(this.now, next.at);
    this.steps += 1;
    next.run();
    return true;
  }

  /** Runs until `done` says so or nothing is left; microtasks run dry between two steps. */
  run(done: () => boolean, limits: { readonly steps: number }): Promise<'done' | 'idle' | 'tooLong'> {
    return new Promise((resolve, reject) => {
      const turn = () => {
        try {
          if (done()) return resolve('done');
          if (this.steps > limits.steps) return resolve('tooLong');
          if (!this.step(Number.POSITIVE_INFINITY)) return resolve('idle');
          realImmediate(turn);
        } catch (error) {
          reject(error as Error);
        }
      };
      realImmediate(turn);
    });
  }

  /** Kept sorted, the next one last. */
  #insert(task: Task): void {
    const list = this.#later;
    let [from, to] = [0, list.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      const other = list[middle];
      const isLater = other !== undefined && (other.at > task.at || (other.at === task.at && other.order > task.order));
      if (isLater) from = middle + 1;
      else to = middle;
    }
    list.splice(from, 0, task);
  }

  random(): number {
    return this.#rng?.next() ?? 0.5;
  }
}

export const time = new VirtualTime();

type Handle = { readonly cancel: () => void; readonly ref: () => Handle; readonly unref: () => Handle };

function handle(cancel: () => void): Handle {
  const self: Handle = { cancel, ref: () => self, unref: () => self };
  return self;
}

const cancel = (given: unknown) => (given as Handle | undefined)?.cancel();
const repeat = (run: () => void, ms: number): (() => void) => {
  let stop = time.after(Math.max(1, ms), function again() {
    stop = time.after(Math.max(1, ms), again);
    run();
  });
  return () => stop();
};

class VirtualDate extends RealDate {
  constructor(...given: readonly unknown[]) {
    if (given.length === 0) super(time.now);
    else super(...(given as [number]));
  }

  static override now(): number {
    return time.now;
  }
}

Object.assign(globalThis, {
  setImmediate: (run: (...given: unknown[]) => void, ...given: unknown[]) => handle(time.soon(() => run(...given))),
  clearImmediate: cancel,
  setTimeout: (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) =>
    handle(time.after(ms, () => run(...given))),
  clearTimeout: cancel,
  setInterval: (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) =>
    handle(repeat(() => run(...given), ms)),
  clearInterval: cancel,
  Date: VirtualDate,
  // Dexie would tell other tabs of changes through it: over a thread, and so at any time.
  BroadcastChannel: undefined,
});
Math.random = () => time.random();
