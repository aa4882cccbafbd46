import { CHANGED } from '../../protocol/card/cardApi.ts';

const POLL_MS = 30_000;

/**
 * Calls back whenever the card may have changed: at once, when the server hints, when the page comes back into sight or the
 * phone back online, and every half minute where the live line does not hold. Nothing runs while the page is hidden.
 */
export function watchChanges(onHint: () => void): () => void {
  let line: EventSource | null = null;
  const look = () => {
    if (document.visibilityState === 'hidden') {
      line?.close();
      line = null;
      return;
    }
    if (line === null || line.readyState === EventSource.CLOSED) {
      line = new EventSource('/c/api/live');
      line.addEventListener(CHANGED, onHint);
    }
    onHint();
  };
  const poll = setInterval(() => {
    if (document.visibilityState === 'visible' && line?.readyState !== EventSource.OPEN) look();
  }, POLL_MS);
  document.addEventListener('visibilitychange', look);
  addEventListener('online', look);
  addEventListener('pageshow', look);
  look();
  return () => {
    clearInterval(poll);
    line?.close();
    document.removeEventListener('visibilitychange', look);
    removeEventListener('online', look);
    removeEventListener('pageshow', look);
  };
}
