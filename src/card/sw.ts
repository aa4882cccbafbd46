/**
 * The card's worker: the page opens without internet after the first time. It holds one page for every address under /c/
 * and the files that it names; the card's data is kept by the page itworker. Nothing under /c/api/ passes through here.
 */
const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const CACHE = 'regulars-card-1';
const SHELL = '/c/';
/** A network that says nothing for so long is treated as none. */
const PATIENCE_MS = 3000;

worker.addEventListener('install', (event) => {
  event.waitUntil(fetchShell().then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(dropOthers().then(() => worker.clients.claim()));
});

worker.addEventListener('message', (event) => {
  const { keep } = event.data as { keep?: readonly string[] };
  if (keep) event.waitUntil(caches.open(CACHE).then((cache) => addMissing(cache, keep)));
});

worker.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (event.request.mode === 'navigate') event.respondWith(shell(event));
  else if (/^\/(assets|icons)\//.test(url.pathname)) event.respondWith(file(event.request));
});

/** The newest page that comes in time, else the kept one. */
async function shell(event: FetchEvent): Promise<Response> {
  const fresh = fetchShell();
  event.waitUntil(fresh.catch(() => undefined));
  const kept = await caches.match(SHELL);
  if (!kept) return fresh;
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept.clone()), PATIENCE_MS));
  return Promise.race([fresh.catch(() => kept), late]);
}

/** Fetches the page and keeps it, but only after everything that it names is kept too. */
async function fetchShell(): Promise<Response> {
  const response = await fetch(SHELL, { cache: 'no-cache' });
  // A hotel's sign-in page is a page too; ours names its own script.
  const html = response.ok ? await response.clone().text() : '';
  const files = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
  if (!files.some((name) => name.endsWith('.js'))) throw new Error('not the card');
  const cache = await caches.open(CACHE);
  await addMissing(cache, files);
  await cache.put(SHELL, response.clone());
  return response;
}

/** Files have their content's hash in their name: what is there never changes. */
async function file(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

async function addMissing(cache: Cache, files: readonly string[]): Promise<void> {
  const kept = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  await cache.addAll(files.filter((name) => !kept.has(name)));
}

async function dropOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith('regulars-card-') && name !== CACHE).map((name) => caches.delete(name)),
  );
}
