/**
 * Registers the card's own worker and tells it, once everything has loaded, which files this build needs: they were fetched
 * before the worker was there, the fonts among them.
 */
export function registerWorker(): void {
  if (!('serviceWorker' in navigator)) return;
  addEventListener('load', () => void start());
}

async function start(): Promise<void> {
  try {
    await navigator.serviceWorker.register('/c/sw.js', { scope: '/c/' });
  } catch {
    // Without a worker (private window, no HTTPS) the card works while there is internet.
    return;
  }
  const [registration] = await Promise.all([navigator.serviceWorker.ready, document.fonts.ready]);
  const files = performance
    .getEntriesByType('resource')
    .map((entry) => new URL(entry.name))
    .filter((url) => url.origin === location.origin && /^\/(assets|icons)\//.test(url.pathname))
    .map((url) => url.pathname);
  registration.active?.postMessage({ keep: [...new Set(files)] });
}
