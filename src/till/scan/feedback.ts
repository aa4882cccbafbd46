import type { Memory } from './camera/cameraChoice.ts';

export interface Feedback {
  /** To be called in a tap: browsers keep sound back until there was one. */
  unlock(): void;
  /** A short rising sound and a short buzz: read. */
  good(): void;
  /** Two low ones: read, but of no use. */
  error(): void;
  readonly muted: boolean;
  /** Mutes the sound, not the vibration; remembered. */
  mute(on: boolean): void;
}

interface Tone {
  readonly hertz: number;
  /** Seconds from now, and how long. */
  readonly at: number;
  readonly lasts: number;
}

const GOOD: readonly Tone[] = [
  { hertz: 988, at: 0, lasts: 0.06 },
  { hertz: 1319, at: 0.06, lasts: 0.09 },
];
const ERROR: readonly Tone[] = [
  { hertz: 233, at: 0, lasts: 0.13 },
  { hertz: 175, at: 0.17, lasts: 0.2 },
];
const KEY = 'regulars.till.muted';

export function createFeedback(memory: Memory, makeContext: () => AudioContext): Feedback {
  let context: AudioContext | null = null;
  let muted = read(memory);

  const play = (tones: readonly Tone[]): void => {
    if (muted || context === null) return;
    // A context that went to sleep (tablet locked, call) wakes up for the next sound; this one may be lost.
    if (context.state !== 'running') void context.resume().catch(() => undefined);
    for (const tone of tones) playTone(context, tone);
  };
  return {
    unlock() {
      try {
        context ??= makeContext();
        void context.resume().catch(() => undefined);
      } catch {
        // No sound on this device; color and vibration remain.
      }
    },
    good() {
      play(GOOD);
      buzz([60]);
    },
    error() {
      play(ERROR);
      buzz([80, 60, 80]);
    },
    get muted() {
      return muted;
    },
    mute(on) {
      muted = on;
      try {
        memory.setItem(KEY, on ? 'yes' : 'no');
      } catch {
        // Remembered until the page is closed, at least.
      }
    },
  };
}

function read(memory: Memory): boolean {
  try {
    return memory.getItem(KEY) === 'yes';
  } catch {
    return false;
  }
}

function playTone(context: AudioContext, { hertz, at, lasts }: Tone): void {
  const start = context.currentTime + at;
  const [voice, volume] = [context.createOscillator(), context.createGain()];
  voice.type = 'triangle';
  voice.frequency.value = hertz;
  // Short ramps: a tone that starts or ends at full volume clicks.
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.35, start + 0.008);
  volume.gain.setValueAtTime(0.35, start + lasts - 0.02);
  volume.gain.linearRampToValueAtTime(0, start + lasts);
  voice.connect(volume).connect(context.destination);
  voice.start(start);
  voice.stop(start + lasts);
}

/** iOS has no vibration at all. */
function buzz(pattern: number[]): void {
  navigator.vibrate?.(pattern);
}
