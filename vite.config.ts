import react from '@vitejs/plugin-react';
import { execSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { tillPrecache } from './tools/tillPrecache.ts';

/** Version and, where this is a checkout, commit: what the till says it is. */
function buildName(): string {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  try {
    const commit = execSync('git rev-parse --short HEAD', { stdio: ['ignore', 'pipe', 'ignore'] });
    return `${version} (${commit.toString().trim()})`;
  } catch {
    return version;
  }
}

// One build, three apps: the till (served at /till/), the customer's card (/c/) and the back office (/office/).
export default defineConfig({
  define: { REGULARS_BUILD: JSON.stringify(buildName()) },
  plugins: [
    react(),
    // The till's worker only. Manifests are written by hand, the page registers its worker itself, and a new version
    // waits until the till asks for it.
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/till',
      filename: 'sw.ts',
      outDir: 'dist/till',
      manifest: false,
      injectRegister: false,
      registerType: 'prompt',
      injectManifest: {
        rollupFormat: 'iife',
        globDirectory: 'dist',
        globPatterns: ['index.html', 'assets/*'],
        maximumFileSizeToCacheInBytes: 4_000_000,
        manifestTransforms: [(entries) => ({ manifest: tillPrecache('dist', entries) })],
      },
    }),
  ],
  build: {
    outDir: 'dist',
    manifest: true,
    rolldownOptions: {
      input: {
        till: 'index.html',
        card: 'src/card/index.html',
        cardWorker: 'src/card/sw.ts',
        office: 'src/office/index.html',
      },
      // The card's worker has a fixed address, so that its scope is /c/ and browsers find its next version.
      output: {
        entryFileNames: (chunk) => (chunk.name === 'cardWorker' ? 'c/sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  test: {
    // All cores: by default one is left idle, which of two is half.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          setupFiles: ['tests/seed.ts'],
          include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'],
          exclude: ['tests/e2e/**', 'tests/a11y/**', 'tests/postgres/**', 'node_modules/**'],
          // Generous: a busy machine is not a failure, and timings are never asserted in tests.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // The same tests of the store once more, on PostgreSQL, and those that concern PostgreSQL alone.
        extends: true,
        test: {
          name: 'postgres',
          setupFiles: ['tests/seed.ts', 'tests/postgres/eachTest.ts'],
          globalSetup: ['tests/postgres/globalSetup.ts'],
          include: [
            'src/server/**/*.test.ts',
            'tests/sync/**/*.test.ts',
            'tests/security/**/*.test.ts',
            'tests/postgres/**/*.test.ts',
          ],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts', 'tests/a11y/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
