import { readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circlesOf, filesBelow, graphOf, importsOf } from './importGraph.ts';

/** Who may import whom; the layout is the architecture, and this is what holds it. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  loyalty: [],
  protocol: ['loyalty'],
  i18n: [],
  ui: ['i18n'],
  till: ['loyalty', 'protocol', 'i18n', 'ui'],
  card: ['loyalty', 'protocol', 'i18n', 'ui'],
  office: ['loyalty', 'protocol', 'i18n', 'ui'],
  server: ['loyalty', 'protocol', 'i18n'],
};

/** Rooms that use no package at all. */
const NO_PACKAGES = new Set(['loyalty', 'i18n']);

const root = resolve(import.meta.dirname, '..');
const src = join(root, 'src');

const isTest = (path: string) => /\.test\.tsx?$|\/testing\//.test(path);
const product = filesBelow(src).filter((path) => !isTest(path));

function offences(path: string, source: string): string[] {
  const room = relative(src, path).split('/')[0] ?? '';
  const allowed = MAY_IMPORT[room];
  if (allowed === undefined) return [`${path}: no such room`];
  return importsOf(source).flatMap((specifier) => {
    if (!specifier.startsWith('.')) return NO_PACKAGES.has(room) ? [`${path} uses the package ${specifier}`] : [];
    const other = relative(src, resolve(dirname(path), specifier)).split('/')[0] ?? '';
    return other === room || allowed.includes(other) ? [] : [`${path} imports ${specifier}`];
  });
}

describe('the rooms', () => {
  it('import only what they may', () => {
    expect(product.flatMap((path) => offences(path, readFileSync(path, 'utf8')))).toEqual([]);
  });

  it('were really read', () => {
    expect(product.length).toBeGreaterThan(600);
    const imports = product.flatMap((path) => importsOf(readFileSync(path, 'utf8')));
    expect(imports.length).toBeGreaterThan(3300);
    const seen = new Set(product.map((path) => relative(src, path).split('/')[0]));
    expect([...seen].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  it('would be caught breaking the rules', () => {
    const broken = (room: string, line: string) => offences(join(src, room, 'broken.ts'), `${line}\n`);
    expect(broken('loyalty', "import { z } from 'zod';")).toHaveLength(1);
    expect(broken('loyalty', "import type { Event } from '../protocol/event.ts';")).toHaveLength(1);
    expect(broken('till', "import { x } from '../card/x.ts';")).toHaveLength(1);
    expect(broken('card', "const x = await import('../office/x.ts');")).toHaveLength(1);
    expect(broken('protocol', "export * from '../server/x.ts';")).toHaveLength(1);
    expect(broken('server', "import { Button } from '../ui/Button.tsx';")).toHaveLength(1);
    expect(broken('till', "import { Button } from '../ui/Button.tsx';")).toEqual([]);
  });

  it('keep their files small', () => {
    const tables = /\/i18n\/(en|hu)\/|\/migrations\//;
    const long = product.filter((path) => !tables.test(path) && readFileSync(path, 'utf8').split('\n').length > 500);
    expect(long).toEqual([]);
    const lengths = product.map((path) => readFileSync(path, 'utf8').split('\n').length).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(100);
  });

  it('have no barrel files', () => {
    expect(product.filter((path) => /\/index\.tsx?$/.test(path) && statSync(path).isFile())).toEqual([]);
  });
});

describe('the imports between files', () => {
  const everything = ['src', 'tests', 'tools', 'bench'].flatMap((folder) => filesBelow(join(root, folder)));
  const sources = new Map(everything.map((path) => [path, readFileSync(path, 'utf8')]));
  const graph = graphOf(sources);

  // Types too: two files that name each other's types are one thought in two places.
  it('go in no circle', () => {
    expect(circlesOf(graph).map((circle) => circle.map((path) => relative(root, path)))).toEqual([]);
  });

  it('were really followed', () => {
    expect(graph.size).toBeGreaterThan(900);
    expect([...graph.values()].flat().length).toBeGreaterThan(4000);
  });

  it('would be caught going in one', () => {
    // From the till's entry down to the deepest file, and from there back up.
    const entry = join(src, 'till/main.tsx');
    const way = [entry];
    for (let next = graph.get(entry)?.[0]; next !== undefined; next = graph.get(next)?.[0]) way.push(next);
    expect(way.length).toBeGreaterThan(2);
    const deepest = way.at(-1) ?? '';
    for (const line of ["import type { X } from '$';", "export * from '$';", "const x = await import('$');"]) {
      const planted = `${sources.get(deepest)}\n${line.replace('$', `./${relative(dirname(deepest), entry)}`)}\n`;
      const circles = circlesOf(graphOf(new Map([...sources, [deepest, planted]])));
      expect(circles.some((circle) => circle.includes(entry) && circle.includes(deepest))).toBe(true);
    }
  });

  it('may meet again below, and a file must not lead to itself', () => {
    const circles = (imports: Record<string, readonly string[]>) => circlesOf(new Map(Object.entries(imports)));
    expect(circles({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] })).toEqual([]);
    expect(circles({ a: ['b'], b: ['c'], c: ['b'] })).toEqual([['b', 'c']]);
    expect(circles({ a: ['a'] })).toEqual([['a']]);
  });
});
