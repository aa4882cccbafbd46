import type { Frame } from '../decode/decoder.ts';

/**
 * Calls back for every new picture of a video that plays; works while the page is visible.
 * @returns stops it.
 */
export function watchFrames(video: HTMLVideoElement, onFrame: () => void): () => void {
  let stopped = false;
  if (typeof video.requestVideoFrameCallback === 'function') {
    let pending = 0;
    const next = (): void => {
      if (stopped) return;
      pending = video.requestVideoFrameCallback(next);
      onFrame();
    };
    pending = video.requestVideoFrameCallback(next);
    return () => {
      stopped = true;
      video.cancelVideoFrameCallback(pending);
    };
  }
  let shown = -1;
  const look = (): void => {
    if (stopped) return;
    requestAnimationFrame(look);
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.currentTime === shown) return;
    shown = video.currentTime;
    onFrame();
  };
  requestAnimationFrame(look);
  return () => {
    stopped = true;
  };
}

/**
 * The picture that the video shows now, in the cheapest form this browser has: a VideoFrame (no copy), a bitmap, or
 * pixels.
 * @returns null when there is none yet; the very first ones cannot be used in some browsers.
 */
export async function grabFrame(video: HTMLVideoElement): Promise<Frame | null> {
  if (video.videoWidth === 0 || video.videoHeight === 0) return null;
  if (typeof VideoFrame === 'function') {
    try {
      return new VideoFrame(video);
    } catch {
      // Not usable yet, or a browser that makes them of other things only: a bitmap may still do.
    }
  }
  if (typeof createImageBitmap === 'function') {
    try {
      return await createImageBitmap(video);
    } catch {
      return null;
    }
  }
  return pixels(video);
}

let canvas: HTMLCanvasElement | undefined;

function pixels(video: HTMLVideoElement): ImageData | null {
  canvas ??= document.createElement('canvas');
  if (canvas.width !== video.videoWidth) canvas.width = video.videoWidth;
  if (canvas.height !== video.videoHeight) canvas.height = video.videoHeight;
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  brush?.drawImage(video, 0, 0);
  return brush?.getImageData(0, 0, canvas.width, canvas.height) ?? null;
}
