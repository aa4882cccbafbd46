/**
 * Has the browser read the manifest again: once there is a card, its start address carries the key by which the installed
 * card comes back.
 */
export function renewManifest(): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="manifest"]');
  if (!link) return;
  const fresh = document.createElement('link');
  fresh.rel = 'manifest';
  fresh.crossOrigin = 'use-credentials';
  fresh.href = `/c/api/manifest.webmanifest?at=${Date.now()}`;
  link.replaceWith(fresh);
}
