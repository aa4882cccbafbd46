import { createCamera, type Camera } from './camera/camera.ts';
import type { Corners, Decoded, Decoder } from './decode/decoder.ts';
import { openDecoder } from './decode/engines.ts';
import { createFeedback, type Feedback } from './feedback.ts';
import { grabFrame, watchFrames } from './camera/frames.ts';
import { listenToKeys } from './wedge/keyListener.ts';
import { readDesk, type SightStatus } from './readDesk.ts';
import type { Reader } from './read.ts';
import { scanLoop } from './scanLoop.ts';

/** A code before the camera right now. */
interface Sight {
  readonly corners: Corners;
  readonly status: SightStatus;
}

/** Everything that reads codes on this till: one camera, one engine, one keyboard listener. */
export interface Scanner {
  readonly camera: Camera;
  readonly feedback: Feedback;
  /** Opens the camera; to be called from a tap, which also unlocks the sound. */
  start(): void;
  stop(): void;
  /** Takes reads until the returned function is called; the newest reader gets them. */
  read(reader: Reader): () => void;
  /** A code typed by hand. */
  typed(text: string): void;
  /** "Scan again": the code that is still in sight passes once more. */
  again(): void;
  /** Shows the camera in a video and scans what it shows; the last one attached counts. */
  attach(video: HTMLVideoElement): () => void;
  /** Told for every change of what is in sight; null when the code is gone. */
  watchSight(listener: (sight: Sight | null) => void): () => void;
  /** `loading` until an engine can decode; `none` where neither works (typed codes and keyboard scanners still do). */
  readonly engine: 'loading' | Decoder['engine'] | 'none';
  subscribe(listener: () => void): () => void;
}

/** An outline stays that long after the last read of its code: single frames are missed now and then. */
const SIGHT_LASTS_MS = 350;

function createScanner(): Scanner {
  const now = (): number => performance.now();
  const timers = {
    setTimer: (callback: () => void, ms: number) => window.setTimeout(callback, ms),
    clearTimer: (timer: number) => window.clearTimeout(timer),
  };
  const listeners = new Set<() => void>();
  const sights = new Set<(sight: Sight | null) => void>();
  const changed = (): void => listeners.forEach((listener) => listener());
  const camera = createCamera({ devices: navigator.mediaDevices, memory: localStorage, now, ...timers });
  const feedback = createFeedback(localStorage, () => new AudioContext());
  const desk = readDesk({ feedback, now, today: () => Date.now(), ...timers });
  let decoder: Decoder | null = null;
  let engine: Scanner['engine'] = 'loading';
  let goneTimer = 0;
  let attached: { video: HTMLVideoElement; stop: () => void } | null = null;

  const show = (sight: Sight | null): void => sights.forEach((listener) => listener(sight));
  const onResult = (decoded: Decoded | null): void => {
    if (!decoded) return;
    // The outline first: it is the quickest sign that the code was read.
    const corners = decoded.corners;
    const status = desk.saw(decoded);
    show({ corners, status });
    timers.clearTimer(goneTimer);
    goneTimer = timers.setTimer(() => show(null), SIGHT_LASTS_MS);
  };
  const showStream = (): void => {
    if (!attached) return;
    const stream = camera.state.kind === 'live' ? camera.state.stream : null;
    if (attached.video.srcObject === stream) return;
    attached.video.srcObject = stream;
    if (stream) void attached.video.play().catch(() => undefined);
  };
  camera.subscribe(() => {
    showStream();
    changed();
  });
  document.addEventListener('visibilitychange', () =>
    document.visibilityState === 'hidden' ? camera.pageHidden() : camera.pageShown(),
  );
  // iOS may bring a page back without a word about its visibility.
  window.addEventListener('focus', () => camera.pageShown());
  window.addEventListener('pageshow', () => camera.pageShown());
  navigator.mediaDevices?.addEventListener?.('devicechange', () => camera.pageShown());
  listenToKeys(document, desk);
  // At once, not with the camera: it is ready before anybody has signed in.
  openDecoder((ready) => {
    decoder = ready;
    engine = ready?.engine ?? 'none';
    changed();
  });

  return {
    camera,
    feedback,
    get engine() {
      return engine;
    },
    start() {
      feedback.unlock();
      void camera.open();
    },
    stop: () => camera.close(),
    read: (reader) => desk.enter(reader),
    typed: (text) => desk.came(text.trim(), 'typed'),
    again: () => desk.again(),
    attach(video) {
      attached?.stop();
      const stopLoop = scanLoop({
        watch: (onFrame) => watchFrames(video, onFrame),
        grab: () => grabFrame(video),
        decoder: () => decoder,
        onFrame: () => camera.frameSeen(),
        onResult,
        now,
      });
      const mine = {
        video,
        stop: () => {
          stopLoop();
          video.srcObject = null;
        },
      };
      attached = mine;
      showStream();
      camera.watched(true);
      return () => {
        mine.stop();
        if (attached !== mine) return;
        attached = null;
        camera.watched(false);
        show(null);
      };
    },
    watchSight(listener) {
      sights.add(listener);
      return () => sights.delete(listener);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

let scanner: Scanner | undefined;

/** The till's one scanner: its stream stays open across screens, since every new request may ask the person again. */
export function tillScanner(): Scanner {
  scanner ??= createScanner();
  return scanner;
}
