/** A picture of one byte a pixel; rows may be longer than the picture is wide. */
export interface Gray {
  readonly bytes: Uint8Array;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
}

/** Part of a picture, in its pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Formats whose first plane is the brightness of every pixel, one byte each. */
const PLANAR: readonly (string | null)[] = ['I420', 'NV12', 'I420A', 'I422', 'I444'];

let planes = new Uint8Array(0);

/**
 * The brightness plane of a camera frame as it is: a reader of codes needs no color, and this saves turning the frame
 * into color pixels and back. Its range (16 to 235) does no harm.
 * @returns null for frames in another format, or turned ones: those have to be drawn.
 */
export async function grayOfVideoFrame(frame: VideoFrame): Promise<Gray | null> {
  const turned: VideoFrame & { rotation?: number; flip?: boolean } = frame;
  if (!PLANAR.includes(frame.format) || (turned.rotation ?? 0) !== 0 || turned.flip === true) return null;
  const size = frame.allocationSize();
  if (planes.length < size) planes = new Uint8Array(size);
  const [plane] = await frame.copyTo(planes);
  const { visibleRect } = frame;
  if (!plane || !visibleRect) return null;
  return {
    bytes: planes.subarray(plane.offset),
    stride: plane.stride,
    width: visibleRect.width,
    height: visibleRect.height,
  };
}

/** Brightness of color pixels, with the weights of the eye (in parts of 1024). */
export function grayOfPixels({ data, width, height }: Pick<ImageData, 'data' | 'width' | 'height'>): Gray {
  const bytes = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < bytes.length; at++, from += 4) {
    bytes[at] = (306 * (data[from] ?? 0) + 601 * (data[from + 1] ?? 0) + 117 * (data[from + 2] ?? 0)) >> 10;
  }
  return { bytes, stride: width, width, height };
}

/** The middle square, nine tenths of the short side. */
export function middleOf({ width, height }: Pick<Gray, 'width' | 'height'>): Area {
  const side = Math.round(Math.min(width, height) * 0.9);
  return { left: Math.round((width - side) / 2), top: Math.round((height - side) / 2), width: side, height: side };
}
