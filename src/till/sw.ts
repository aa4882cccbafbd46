import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
  type PrecacheEntry,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: readonly (PrecacheEntry | string)[] };

/**
 * The till's worker: keeps the till alone (not the card, not the office) and answers with it, network or not. Nothing
 * else passes through here: what the till says to the server is the page's own business, and events are queued in the
 * page's store, never in a worker.
 */
// oxlint-disable-next-line no-underscore-dangle -- the name that the build replaces with the list of files
precacheAndRoute([...self.__WB_MANIFEST]);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('/till/'), { allowlist: [/^\/till(\/|$)/] }));

// The first version takes the open page at once, so that flight mode works from the first load on. A later version waits
// until the page says so.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
