/** A point as a share of the frame's width and height (0 to 1), so that it fits the preview whatever its size. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/** Top left, top right, bottom right, bottom left, as the code itself is turned. */
export type Corners = readonly [Point, Point, Point, Point];

/** A code that was read: its raw text (what it means is decided elsewhere) and where it is in the frame. */
export interface Decoded {
  readonly text: string;
  readonly corners: Corners;
}

/** One picture of the camera, in whatever form this browser hands it over. The decoder closes it. */
export type Frame = VideoFrame | ImageBitmap | ImageData;

/** The one interface of both engines. */
export interface Decoder {
  readonly engine: 'zxing-wasm' | 'zxing-js';
  /**
   * Looks for a QR code in one frame. One call at a time. Takes the frame over and frees it.
   * @returns null when there is no readable code.
   * @throws DecoderBroken when the engine is gone (its worker died, does not answer) and another one is needed.
   */
  decode(frame: Frame): Promise<Decoded | null>;
  /** Frees the worker and its memory; the decoder is of no use afterwards. */
  close(): void;
}

/** The engine itself failed; a frame without a code is not this. */
export class DecoderBroken extends Error {
  override name = 'DecoderBroken';
}

/** Size of a frame in pixels, as it is meant to be shown. */
export function frameSize(frame: Frame): { width: number; height: number } {
  return 'displayWidth' in frame
    ? { width: frame.displayWidth, height: frame.displayHeight }
    : { width: frame.width, height: frame.height };
}

/** Frees what a frame holds. Camera frames come from a small pool: one that is not freed freezes the picture. */
export function freeFrame(frame: Frame): void {
  if ('close' in frame) frame.close();
}
