import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// One build, three apps: the till (served at /till/), the customer's card (/c/) and the back office (/office/).
export default defineConfig({
  plugins: [react()],
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
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'],
          exclude: ['tests/e2e/**', 'tests/a11y/**', 'node_modules/**'],
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
