import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Locked {
  readonly gypfile?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
  packages: Record<string, Locked>;
};

it('does not let npm compile better-sqlite3, which brings its builds along', () => {
  // npm forgets the package's own `gypfile: false` when it writes the lock file, and then asks every machine for Python and
  // a compiler. After an `npm install` that dropped the line, put it back by hand.
  expect(packages['node_modules/better-sqlite3']?.gypfile).toBe(false);
});

it('has the packages of every platform in the lock file', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages))
      .map((name) => `${path} -> ${name}`),
  );
  expect(missing).toEqual([]);
  expect(Object.keys(packages).length).toBeGreaterThan(300);
});
