import { prepareZXingModule } from 'zxing-wasm/reader';
import type { Attempt } from './attemptPlan.ts';
import { frameSize, freeFrame, type Decoded, type Frame } from './decoder.ts';
import { grayOfPixels, grayOfVideoFrame, type Gray } from './gray.ts';
import { grayReader, type GrayReader } from './grayReader.ts';
import type { FromWorker, ToWorker } from './workerMessages.ts';

let reader: GrayReader | undefined;
// One canvas for all frames: Safari is slow to give the memory of many back.
let canvas: OffscreenCanvas | undefined;

function tell(message: FromWorker): void {
  postMessage(message);
}

function pixelsOf(frame: VideoFrame | ImageBitmap): ImageData {
  const { width, height } = frameSize(frame);
  canvas ??= new OffscreenCanvas(width, height);
  // Never cached: a tablet that is turned changes the size of its frames in the middle of the stream.
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  if (!brush) throw new Error('no 2d canvas in a worker');
  brush.drawImage(frame, 0, 0, width, height);
  return brush.getImageData(0, 0, width, height);
}

async function grayOf(frame: Frame): Promise<Gray> {
  if (frame instanceof ImageData) return grayOfPixels(frame);
  const plane = 'format' in frame ? await grayOfVideoFrame(frame) : null;
  return plane ?? grayOfPixels(pixelsOf(frame));
}

async function decode(frame: Frame, attempt: Attempt): Promise<Decoded | null> {
  try {
    return reader?.read(await grayOf(frame), attempt) ?? null;
  } finally {
    freeFrame(frame);
  }
}

async function load(wasmUrl: string): Promise<void> {
  reader = grayReader(await prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true }));
  // The first pictures are slow, since their code is compiled meanwhile; better now than while a customer waits.
  const [width, height] = [640, 360];
  const bytes = Uint8Array.from({ length: width * height }, (_, at) => (at * 7919) % 251);
  reader.read({ bytes, stride: width, width, height }, { invert: true, denoise: true, crop: false });
}

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'load') {
    load(data.wasmUrl).then(
      () => tell({ kind: 'ready' }),
      (error: unknown) => tell({ kind: 'broken', why: String(error) }),
    );
  } else {
    decode(data.frame, data.attempt).then(
      (decoded) => tell({ kind: 'decoded', decoded }),
      // One bad frame (a camera that is just going away) is a frame without a code.
      () => tell({ kind: 'decoded', decoded: null }),
    );
  }
});
