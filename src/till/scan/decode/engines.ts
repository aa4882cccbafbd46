import { DecoderBroken, freeFrame, type Decoder } from './decoder.ts';
import { openWasmDecoder } from './wasmDecoder.ts';

/** How long the main engine may take to be ready before the fall-back is loaded. */
const READY_WITHIN_MS = 5000;

export interface Engines {
  /** Opens the main engine, exchangeable for tests. */
  readonly openMain: () => Promise<Decoder>;
  /** Loads and opens the fall-back engine (its own chunk: most tills never load it). */
  readonly openFallback: () => Promise<Decoder>;
  readonly setTimer: (callback: () => void, ms: number) => unknown;
}

const browserEngines: Engines = {
  openMain: openWasmDecoder,
  openFallback: async () => (await import('./zxingJsDecoder.ts')).openZxingJsDecoder(),
  setTimer: (callback, ms) => setTimeout(callback, ms),
};

/**
 * Opens whatever engine works here: the main one if it is ready in 5 s, else the fall-back, which gives way as soon
 * as the main one is ready after all. A main engine that breaks while it works is opened once more; then the fall-back stays.
 * @param onEngine told each time another engine takes over; null when none works.
 */
export function openDecoder(
  onEngine: (decoder: Decoder | null) => void,
  engines: Engines = browserEngines,
): { close(): void } {
  let closed = false;
  let current: Decoder | null = null;
  let opened = 0;

  const use = (decoder: Decoder): void => {
    if (closed || (current !== null && decoder.engine === 'zxing-js')) return decoder.close();
    current?.close();
    current = decoder.engine === 'zxing-js' ? decoder : reopening(decoder);
    onEngine(current);
  };
  const fallBack = (): void => {
    if (closed || current !== null) return;
    engines.openFallback().then(use, () => {
      if (!closed && current === null) onEngine(null);
    });
  };
  const openMain = (): void => {
    opened++;
    engines.setTimer(fallBack, READY_WITHIN_MS);
    engines.openMain().then(use, fallBack);
  };
  /** The same decoder, which sees to its own replacement when it breaks. */
  const reopening = (decoder: Decoder): Decoder => ({
    engine: decoder.engine,
    close: () => decoder.close(),
    async decode(frame) {
      try {
        return await decoder.decode(frame);
      } catch (error) {
        freeFrame(frame);
        if (!(error instanceof DecoderBroken)) return null;
        if (current?.engine === 'zxing-wasm') {
          current = null;
          if (opened < 2) openMain();
          else fallBack();
        }
        return null;
      }
    },
  });
  openMain();
  return {
    close() {
      closed = true;
      current?.close();
      current = null;
    },
  };
}
