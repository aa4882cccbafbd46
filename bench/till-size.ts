import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { figure, row, type Bench } from './row.ts';

/** What issue and README promise: everything but the wasm and the fonts, before the till can scan. */
const BUDGET_BYTES = 350_000;

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
}

/** Gzip bytes that a till loads before it can scan: scripts, styles, the scan worker; the wasm and the fonts named apart. */
export const tillSize: Bench = {
  name: 'till.size',
  run() {
    const dist = resolve('dist');
    const path = resolve(dist, '.vite/manifest.json');
    if (!existsSync(path)) return Promise.reject(new Error('there is no build to weigh; run `npm run build` first'));
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Chunk | undefined>;
    const bytes = (files: readonly string[]): number =>
      files.reduce((sum, file) => sum + gzipSync(readFileSync(resolve(dist, file)), { level: 9 }).length, 0);

    const reached = new Set<string>();
    const visit = (name: string): void => {
      const chunk = manifest[name];
      if (!chunk) throw new Error(`the build has no ${name}`);
      if (reached.has(chunk.file)) return;
      for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) reached.add(file);
      for (const other of chunk.imports ?? []) visit(other);
    };
    visit('index.html');
    // The worker and the wasm are asked for by the scan room at its first start; a build names them by their source.
    const assets = readdirSync(resolve(dist, 'assets')).map((file) => `assets/${file}`);
    const worker = assets.filter((file) => /\/scanWorker-[\w-]+\.js$/.test(file));
    const wasm = assets.filter((file) => /\/zxing_reader-[\w-]+\.wasm$/.test(file));
    if (worker.length !== 1 || wasm.length !== 1) throw new Error('the build has no scan worker or no wasm');

    // A build may name the worker among the entry's assets as well; it counts once.
    const code = [...new Set([...reached, ...worker])].filter((file) => /\.(js|css)$/.test(file));
    const fonts = assets.filter((file) => /\.woff2?$/.test(file));
    return Promise.resolve([
      row('till.size', 'bytes gzip', bytes(['index.html', ...code]), 'budget', BUDGET_BYTES),
      figure('till.size.wasm', 'bytes gzip', bytes(wasm)),
      // Compressed in themselves already, so counted as they are; a browser loads only the subsets that a page uses.
      figure(
        'till.size.fonts',
        'bytes',
        fonts.reduce((sum, file) => sum + readFileSync(resolve(dist, file)).length, 0),
      ),
    ]);
  },
};
