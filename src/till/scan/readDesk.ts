import type { Decoded } from './decode/decoder.ts';
import type { Feedback } from './feedback.ts';
import type { Read, Reader, Verdict } from './read.ts';
import { LOCKED_AT_MOST_MS, repeatGuard } from './repeatGuard.ts';

/** How a sight of the camera ended: for the outline's color. */
export type SightStatus = 'read' | 'repeat' | 'waiting';

export interface ReadDesk {
  /** The newest reader gets the reads, until it leaves again. */
  enter(reader: Reader): () => void;
  readonly current: Reader | undefined;
  /** A sight of the camera: guarded against repeats. */
  saw(decoded: Decoded): SightStatus;
  /** A scan that comes once (keyboard scanner, paste, typed): never swallowed; waits while a lookup runs. */
  came(text: string, source: 'wedge' | 'typed' | 'paste'): void;
  /** Lets the code that is still in sight pass once more. */
  again(): void;
}

export interface ReadDeskDeps {
  readonly feedback: Pick<Feedback, 'good' | 'error'>;
  /** Steady clock for the guard, and time of day for the reads, both in milliseconds. */
  readonly now: () => number;
  readonly today: () => number;
  readonly setTimer: (callback: () => void, ms: number) => number;
  readonly clearTimer: (timer: number) => void;
}

const VERDICT_WITHIN_MS = 80;

/** Where reads from all sources meet: guards repeats, passes reads on one after the other, sounds. */
export function readDesk(deps: ReadDeskDeps): ReadDesk {
  const readers: Reader[] = [];
  const guard = repeatGuard();
  // Only the newest scan waits: what was scanned before it is history by the time the lookup ends.
  let waiting: Pick<Read, 'text' | 'source'> | null = null;
  let running = 0;
  let startedAt = 0;

  const sound = (verdict: Verdict | void): void => {
    if (verdict === 'error') deps.feedback.error();
    else if (verdict !== 'silent') deps.feedback.good();
  };
  const pass = (text: string, source: Read['source']): void => {
    const reader = readers.at(-1);
    if (!reader) return;
    const unlock = guard.lock(deps.now());
    const mine = ++running;
    startedAt = deps.now();
    const free = (): void => {
      unlock();
      if (mine !== running) return;
      running = 0;
      const next = waiting;
      waiting = null;
      if (next) pass(next.text, next.source);
    };
    let answer: ReturnType<Reader['onRead']>;
    try {
      answer = reader.onRead({ text, source, at: deps.today() });
    } catch (error) {
      free();
      throw error;
    }
    if (!(answer instanceof Promise)) {
      sound(answer);
      return free();
    }
    let sounded = false;
    const late = deps.setTimer(() => {
      sounded = true;
      deps.feedback.good();
    }, VERDICT_WITHIN_MS);
    const settle = (verdict: Verdict | void): void => {
      deps.clearTimer(late);
      if (!sounded) sound(verdict);
      else if (verdict === 'error') deps.feedback.error();
      free();
    };
    answer.then(settle, () => settle('error'));
  };

  return {
    enter(reader) {
      readers.push(reader);
      return () => {
        const at = readers.indexOf(reader);
        if (at >= 0) readers.splice(at, 1);
      };
    },
    get current() {
      return readers.at(-1);
    },
    saw({ text }) {
      const reader = readers.at(-1);
      if (!reader) return 'waiting';
      const sight = guard.see(reader.keyOf?.(text) ?? text, deps.now());
      if (sight === 'locked') return 'waiting';
      if (sight === 'new') pass(text, 'camera');
      return sight === 'new' ? 'read' : 'repeat';
    },
    came(text, source) {
      const hangs = deps.now() - startedAt >= LOCKED_AT_MOST_MS;
      if (running > 0 && !hangs) waiting = { text, source };
      else pass(text, source);
    },
    again() {
      guard.forget();
    },
  };
}
