import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { attemptPlan } from './attemptPlan.ts';
import { DecoderBroken, freeFrame, type Decoded, type Decoder } from './decoder.ts';
import type { FromWorker, ToWorker } from './workerMessages.ts';

/** A worker that has not answered a frame by then is taken for dead (a slow tablet needs about 0.2 s). */
const ANSWER_WITHIN_MS = 5000;

/**
 * Starts the main engine: zxing-cpp as WebAssembly in its own worker, so that the screen never waits for it.
 * Resolves when it is ready to decode, which may be never where WebAssembly is locked away: the caller sets a limit.
 * @throws DecoderBroken when it is clear that it cannot work here.
 */
export async function openWasmDecoder(): Promise<Decoder> {
  if (typeof Worker === 'undefined' || typeof WebAssembly === 'undefined' || typeof OffscreenCanvas === 'undefined')
    throw new DecoderBroken('no worker, WebAssembly or OffscreenCanvas here');
  const worker = new Worker(new URL('./scanWorker.ts', import.meta.url), { type: 'module', name: 'scan' });
  try {
    await new Promise<void>((ready, broken) => {
      worker.addEventListener('error', () => broken(new DecoderBroken('worker did not start')), { once: true });
      worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
        if (data.kind === 'ready') ready();
        else if (data.kind === 'broken') broken(new DecoderBroken(data.why));
      });
      worker.postMessage({ kind: 'load', wasmUrl } satisfies ToWorker);
    });
  } catch (error) {
    worker.terminate();
    throw error;
  }
  return decoderOver(worker);
}

function decoderOver(worker: Worker): Decoder {
  const plan = attemptPlan();
  let broken: DecoderBroken | null = null;
  let waiting: { resolve: (decoded: Decoded | null) => void; reject: (error: DecoderBroken) => void } | null = null;
  const fail = (why: string): void => {
    broken ??= new DecoderBroken(why);
    worker.terminate();
    waiting?.reject(broken);
    waiting = null;
  };
  worker.addEventListener('error', () => fail('worker died'));
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    if (data.kind !== 'decoded') return;
    waiting?.resolve(data.decoded);
    waiting = null;
  });
  return {
    engine: 'zxing-wasm',
    async decode(frame) {
      if (broken) {
        freeFrame(frame);
        throw broken;
      }
      const started = performance.now();
      const late = setTimeout(() => fail('worker does not answer'), ANSWER_WITHIN_MS);
      try {
        const decoded = await new Promise<Decoded | null>((resolve, reject) => {
          waiting = { resolve, reject };
          const message: ToWorker = { kind: 'decode', frame, attempt: plan.next() };
          worker.postMessage(message, frame instanceof ImageData ? [frame.data.buffer] : [frame]);
        });
        plan.done(decoded !== null, performance.now() - started);
        return decoded;
      } finally {
        clearTimeout(late);
      }
    },
    close: () => fail('closed'),
  };
}
