/** What a page tells the bench: when the camera's first picture came, and when the first text was read; page time, ms. */
export interface Moments {
  firstFrame: number | null;
  text: number | null;
  /** Every text, in the order of reading. */
  texts: string[];
}

declare global {
  interface Window {
    moments: Moments;
  }
}

export function startMoments(): Moments {
  window.moments = { firstFrame: null, text: null, texts: [] };
  return window.moments;
}

/** Notes the first picture of a video, independently of whoever reads it. */
export function noteFirstFrame(video: HTMLVideoElement, moments: Moments): void {
  video.requestVideoFrameCallback((now) => (moments.firstFrame ??= now));
}

export function noteText(text: string, moments: Moments): void {
  moments.text ??= performance.now();
  moments.texts.push(text);
}
