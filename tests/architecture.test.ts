import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

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

const src = resolve(import.meta.dirname, '../src');

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

function importsOf(source: string): string[] {
  return [...source.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '');
}

const isTest = (path: string) => /\.test\.tsx?$|\/testing\//.test(path);
const product = files(src).filter((path) => !isTest(path));

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
    expect(product.length).toBeGreaterThan(100);
    const imports = product.flatMap((path) => importsOf(readFileSync(path, 'utf8')));
    expect(imports.length).toBeGreaterThan(300);
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
