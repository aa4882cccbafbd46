import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An entry of workbox's precache manifest, as far as it matters here. */
interface Entry {
  url: string;
  revision: string | null;
}

/**
 * The files of the build that the till's page can reach: scripts, styles, fonts, workers and their wasm, lazy parts too.
 * The card's and the office's files are left out, so that a till does not store what it never shows. Names carry a hash,
 * so a file is reached exactly where its name stands in a file that is reached.
 */
export function reachedFromTill(dist: string): ReadonlySet<string> {
  const assets = readdirSync(join(dist, 'assets'));
  const reached = new Set<string>();
  const waiting = [readFileSync(join(dist, 'index.html'), 'utf8')];
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
    for (const name of assets) {
      if (reached.has(name) || !text.includes(name)) continue;
      reached.add(name);
      if (/\.(js|css)$/.test(name)) waiting.push(readFileSync(join(dist, 'assets', name), 'utf8'));
    }
  }
  return reached;
}

/** For `manifestTransforms`: keeps the till alone, with addresses as the server gives them (the page is at `/till/`). */
export function tillPrecache<E extends Entry>(dist: string, entries: readonly E[]): E[] {
  const reached = reachedFromTill(dist);
  return entries.flatMap((entry) => {
    if (entry.url === 'index.html') return [{ ...entry, url: '/till/' }];
    const name = /^assets\/(.+)$/.exec(entry.url)?.[1];
    return name && reached.has(name) ? [{ ...entry, url: `/${entry.url}`, revision: null }] : [];
  });
}
