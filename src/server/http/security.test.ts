import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { LIBRARY_STYLES } from './security.ts';

const library = dirname(createRequire(import.meta.url).resolve('react-aria/package.json'));

it.each([
  ['dist/private/interactions/usePress.mjs', LIBRARY_STYLES[0]],
  ['dist/private/overlays/usePreventScroll.mjs', LIBRARY_STYLES[1]],
])('allows the style that %s adds, as it is in the installed version', (path, text) => {
  const source = readFileSync(join(library, path), 'utf8');
  const [, written = ''] = /style\.textContent = `([^`]*)`\.trim\(\)/.exec(source) ?? [];
  expect(written.replace(/\$\{[^}]*\}/, 'data-react-aria-pressable').trim()).toBe(text);
});
