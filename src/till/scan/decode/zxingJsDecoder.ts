import { BrowserQRCodeReader, HTMLCanvasElementLuminanceSource } from '@zxing/browser';
import { BinaryBitmap, DecodeHintType, HybridBinarizer, type LuminanceSource, type Result } from '@zxing/library';
import { frameSize, freeFrame, type Corners, type Decoded, type Decoder, type Frame } from './decoder.ts';

/**
 * The fall-back engine, for browsers without WebAssembly or workers. Only the reader of @zxing/browser is used, none of
 * its camera handling: its own loop sizes the canvas once (blind after the tablet is turned), ends at the first
 * unexpected exception, and switches the torch off on a track that has ended. It decodes on the main thread.
 */
export function openZxingJsDecoder(): Decoder {
  const reader = new BrowserQRCodeReader(new Map([[DecodeHintType.TRY_HARDER, true]]));
  const canvas = document.createElement('canvas');
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  let turn = 0;

  const draw = (frame: Frame): void => {
    const { width, height } = frameSize(frame);
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    if (frame instanceof ImageData) brush?.putImageData(frame, 0, 0);
    else brush?.drawImage(frame, 0, 0, width, height);
  };

  const read = (source: LuminanceSource): Decoded | null => {
    try {
      return decodedOf(reader.decodeBitmap(new BinaryBitmap(new HybridBinarizer(source))), canvas);
    } catch {
      // It throws for "no code here" and, now and then, anything else from odd pictures; the next frame is another chance.
      return null;
    }
  };

  return {
    engine: 'zxing-js',
    decode(frame) {
      try {
        draw(frame);
      } catch {
        return Promise.resolve(null);
      } finally {
        freeFrame(frame);
      }
      const source = new HTMLCanvasElementLuminanceSource(canvas);
      // It cannot look for dark-mode codes itself, so every third frame is turned into its negative.
      return Promise.resolve(read(++turn % 3 === 0 ? source.invert() : source));
    },
    close: () => {
      canvas.width = 0;
      canvas.height = 0;
    },
  };
}

/** Its points are the finder patterns' middles (bottom left, top left, top right): good enough for an outline. */
function decodedOf(result: Result, { width, height }: { width: number; height: number }): Decoded {
  const [bottomLeft, topLeft, topRight] = result
    .getResultPoints()
    .map((point) => ({ x: point.getX() / width, y: point.getY() / height }));
  const none = { x: 0, y: 0 };
  const [a, b, c] = [topLeft ?? none, topRight ?? none, bottomLeft ?? none];
  const corners: Corners = [a, b, { x: b.x + c.x - a.x, y: b.y + c.y - a.y }, c];
  return { text: result.getText(), corners };
}
