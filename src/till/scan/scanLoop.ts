import type { Decoded, Decoder, Frame } from './decode/decoder.ts';

export interface LoopDeps {
  /** Calls back for each new picture; returns what stops it. */
  readonly watch: (onFrame: () => void) => () => void;
  readonly grab: () => Promise<Frame | null>;
  /** The engine of the moment; null while none is ready. */
  readonly decoder: () => Decoder | null;
  /** Told for every picture, decoded or not. */
  readonly onFrame: () => void;
  /** Told for every attempt. */
  readonly onResult: (decoded: Decoded | null) => void;
  /** Steady clock, milliseconds. */
  readonly now: () => number;
}

/** After 10 s without a read a till is waiting for its next customer: about 15 attempts a second are enough then. */
const RESTING_AFTER_MS = 10_000;
const RESTING_GAP_MS = 66;

/**
 * Feeds the engine: one frame in flight, no queue. What comes meanwhile is only remembered as "there is a newer one", and
 * the newest is taken when the engine is free, so that the pace is whatever this tablet can do.
 * @returns stops the loop; a result that arrives later is dropped.
 */
export function scanLoop(deps: LoopDeps): () => void {
  let stopped = false;
  let busy = false;
  let newer = false;
  let notBefore = -Infinity;
  let lastReadAt = deps.now();

  const attempt = async (decoder: Decoder): Promise<void> => {
    const started = deps.now();
    const frame = await deps.grab();
    if (frame === null || stopped) {
      if (frame !== null && 'close' in frame) frame.close();
      return;
    }
    const decoded = await decoder.decode(frame);
    const ended = deps.now();
    if (decoded !== null) lastReadAt = ended;
    const resting = ended - lastReadAt > RESTING_AFTER_MS;
    // The fall-back works on the main thread: it leaves the screen as much time as it takes.
    notBefore =
      decoder.engine === 'zxing-js' ? ended + (ended - started) : resting ? started + RESTING_GAP_MS : -Infinity;
    if (!stopped) deps.onResult(decoded);
  };
  const turn = async (): Promise<void> => {
    const decoder = deps.decoder();
    if (stopped || decoder === null || deps.now() < notBefore) return;
    busy = true;
    newer = false;
    try {
      await attempt(decoder);
    } catch {
      // Whatever one frame did, the next one gets its chance: this loop never dies.
    }
    busy = false;
    if (newer) void turn();
  };
  const stopWatching = deps.watch(() => {
    deps.onFrame();
    if (busy) newer = true;
    else void turn();
  });
  return () => {
    stopped = true;
    stopWatching();
  };
}
