/** What a sight of a code means. */
type Sight =
  /** A code that was not there a moment ago: pass it on. */
  | 'new'
  /** The same code is still (or almost still) before the camera. */
  | 'repeat'
  /** Another read is being looked up; this code is seen again in the next frame. */
  | 'locked';

export interface RepeatGuard {
  /** Told for every read of the camera; `at` in milliseconds on any steady clock. */
  see(text: string, at: number): Sight;
  /** Nothing passes until the returned function is called, or 5 s have gone. */
  lock(at: number): () => void;
  /** "Scan again": the same code passes once more without going out of sight. */
  forget(): void;
}

const OUT_OF_SIGHT_MS = 1500;
/** A lookup that takes longer hangs; the till goes on without it. */
export const LOCKED_AT_MOST_MS = 5000;

/**
 * Turns the camera's many reads of one code into one. A code counts again once it has been out of sight for 1.5 s.
 * It is kept per code, never as a blanket pause: the next customer's code passes at once.
 */
export function repeatGuard(): RepeatGuard {
  const lastSeen = new Map<string, number>();
  let lockedUntil = -Infinity;
  let lockNumber = 0;
  return {
    see(text, at) {
      for (const [other, seen] of lastSeen) if (at - seen >= OUT_OF_SIGHT_MS) lastSeen.delete(other);
      if (lastSeen.has(text)) {
        lastSeen.set(text, at);
        return 'repeat';
      }
      if (at < lockedUntil) return 'locked';
      lastSeen.set(text, at);
      return 'new';
    },
    lock(at) {
      lockedUntil = at + LOCKED_AT_MOST_MS;
      const mine = ++lockNumber;
      return () => {
        if (mine === lockNumber) lockedUntil = -Infinity;
      };
    },
    forget() {
      lastSeen.clear();
    },
  };
}
