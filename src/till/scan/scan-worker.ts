import { prepareZXingModule, readBarcodes, type ReadResult } from 'zxing-wasm/reader';
import { frameSize, freeFrame, type Corners, type Decoded, type Frame } from './decoder.ts';
import type { Attempt } from './attempt-plan.ts';
import { readOptions } from './read-options.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** Part of a frame, in its pixels. */
interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

// One canvas for all frames: Safari is slow to give the memory of many back.
const canvas = new OffscreenCanvas(1, 1);
const brush = canvas.getContext('2d', { willReadFrequently: true });

function tell(message: FromWorker): void {
  postMessage(message);
}

/** The middle square, nine tenths of the short side. */
function middle(width: number, height: number): Area {
  const side = Math.round(Math.min(width, height) * 0.9);
  return { left: Math.round((width - side) / 2), top: Math.round((height - side) / 2), width: side, height: side };
}

function pixelsOf(frame: Frame, area: Area): ImageData {
  if (!brush) throw new Error('no 2d canvas in a worker');
  // Never cached: a tablet that is turned changes the size of its frames in the middle of the stream.
  if (canvas.width !== area.width) canvas.width = area.width;
  if (canvas.height !== area.height) canvas.height = area.height;
  if (frame instanceof ImageData) brush.putImageData(frame, -area.left, -area.top);
  else brush.drawImage(frame, area.left, area.top, area.width, area.height, 0, 0, area.width, area.height);
  return brush.getImageData(0, 0, area.width, area.height);
}

function cornersIn({ position }: ReadResult, area: Area, width: number, height: number): Corners {
  const share = (point: { x: number; y: number }) => ({
    x: (point.x + area.left) / width,
    y: (point.y + area.top) / height,
  });
  return [share(position.topLeft), share(position.topRight), share(position.bottomRight), share(position.bottomLeft)];
}

async function decode(frame: Frame, attempt: Attempt): Promise<Decoded | null> {
  try {
    const { width, height } = frameSize(frame);
    const area = attempt.crop ? middle(width, height) : { left: 0, top: 0, width, height };
    const [found] = await readBarcodes(pixelsOf(frame, area), readOptions(attempt));
    return found?.isValid ? { text: found.text, corners: cornersIn(found, area, width, height) } : null;
  } finally {
    freeFrame(frame);
  }
}

async function load(wasmUrl: string): Promise<void> {
  await prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });
  // The first decode compiles what it needs; better now than while a customer waits.
  await readBarcodes(new ImageData(64, 64), readOptions({ invert: true, denoise: true, crop: false }));
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
