import { Workbox } from 'workbox-window';
import { observable } from './observable.ts';
import type { Updates } from './updates.ts';

/** A version that is found while the till is just opening goes in at once: nothing can be lost then. */
const OPENING_MS = 8000;
const ASK_AT_MOST_EVERY_MS = 30_000;
const ASK_AT_LEAST_EVERY_MS = 3_600_000;

/**
 * Registers the till's worker, which holds the whole till for flight mode, and watches for its next version. A version
 * that waits is never put in place by itself here, except while the till opens: the app chooses a moment when nothing is
 * open.
 */
export function startUpdates(): Updates {
  const ready = observable(false);
  const worker = new Workbox('/till/sw.js', { scope: '/till/', updateViaCache: 'none' });
  let applying = false;

  const apply = (): void => {
    if (applying || !ready.get()) return;
    applying = true;
    worker.addEventListener('controlling', () => window.location.reload());
    worker.messageSkipWaiting();
  };
  worker.addEventListener('waiting', () => {
    ready.set(true);
    if (performance.now() < OPENING_MS) apply();
  });

  let askedAt = 0;
  const ask = async (): Promise<void> => {
    if (document.visibilityState !== 'visible' || performance.now() - askedAt < ASK_AT_MOST_EVERY_MS) return;
    askedAt = performance.now();
    // Offline this fails, which is no news.
    await worker.update().catch(() => undefined);
  };
  const start = async (): Promise<void> => {
    const registered = await worker.register().catch(() => undefined);
    if (!registered) return;
    askedAt = performance.now();
    // Installed apps on iOS hardly ever ask by themselves.
    for (const event of ['focus', 'pageshow', 'online']) window.addEventListener(event, () => void ask());
    document.addEventListener('visibilitychange', () => void ask());
    setInterval(() => void ask(), ASK_AT_LEAST_EVERY_MS);
  };
  void start();
  return { ready, apply };
}
