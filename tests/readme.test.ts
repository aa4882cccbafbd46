import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SETTINGS } from '../src/server/config.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it('lists every setting in the README as the server reads it', () => {
  for (const [name, fallback, meaning] of SETTINGS) {
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\``));
    expect(row, name).toBeDefined();
    const cells = row?.split('|').map((cell) => cell.trim()) ?? [];
    expect(cells.slice(2, 4)).toEqual([fallback, meaning]);
  }
  const listed = readme.split('\n').filter((line) => /^\| `[A-Z_]+`/.test(line));
  expect(listed).toHaveLength(SETTINGS.length);
});

it('names only scripts that exist', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const contributing = readFileSync(new URL('../CONTRIBUTING.md', import.meta.url), 'utf8');
  const named = [...`${readme}${contributing}`.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? '');
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
