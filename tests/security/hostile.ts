import * as fc from 'fast-check';

const deep = (open: string, close: string, n: number) => open.repeat(n) + close.repeat(n);

/** Pieces of JSON, as text, that somebody would put where something harmless stands. */
const FRAGMENTS: readonly string[] = [
  'null',
  'true',
  '-1',
  '0',
  '0.5',
  '1e308',
  '1e999',
  '-0',
  '9007199254740991',
  '9007199254740993',
  '9000000000000000',

  '2147483648',
  '""',
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\ud800"',
  '"\\udc00x"',
  '"\\ufffe0"',
  '"\\uffff"',
  '[]',
  '{}',
  '[null]',
  '[[]]',

  '"__proto__"',
  '"constructor"',
  '"prototype"',
  '"toString"',
  '"hasOwnProperty"',
  '"server"',
  '"../../etc/passwd"',
  '"a~b"',

  '"2026-99-99"',
  '"0000-00-00"',
  '"9999-12-31"',
  '"99-99"',
  '"02-30"',
  '"=1+1"',
  '"\' or 1=1 --"',
  '"%_\\\\"',
  '"<script>alert(1)</script>"',

  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '[{"__proto__":{"polluted":true}}]',

  '{"__proto__":null}',
  '{"kind":"__proto__"}',
  '{"length":1e9}',
  '{"toJSON":1}',
  '"card:__proto__"',
  `"card:${'0'.repeat(32)}"`,

  deep('[', ']', 3000),
  deep('{"of":', '}', 1).replace('{"of":}', '{"of":1}'),
  `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`,

  JSON.stringify('x'.repeat(201)),
  JSON.stringify('é'.repeat(5000)),
  `[${Array.from({ length: 3000 }, () => '1').join()}]`,
];

/** Keys that are added beside the ones that belong there. */
const KEYS = ['__proto__', 'constructor', 'prototype', 'business', 'id', 'role', 'rev', 'toString', ''];
const MARK = '@@hostile@@';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The same value with one place (or none but an added key) turned into something hostile, as JSON text. */
export function hostile(value: unknown): fc.Arbitrary<string> {
  const places = placesOf(value as Json);
  return fc
    .record({
      place: fc.nat({ max: places.length - 1 }),
      fragment: fc.constantFrom(...FRAGMENTS),
      key: fc.option(fc.constantFrom(...KEYS), { nil: null }),
    })
    .map(({ place, fragment, key }) => {
      const text = JSON.stringify(changed(value as Json, places[place] ?? [], key));
      return text
        .replaceAll(JSON.stringify(MARK), () => fragment)
        .replaceAll(`"${MARK}key"`, JSON.stringify(key ?? ''));
    });
}

/** Paths to everything in a value, itself included. */
function placesOf(value: Json, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...at, key]))];
}

function changed(value: Json, [first, ...rest]: readonly string[], key: string | null): Json {
  if (first === undefined) {
    const isPlain = typeof value === 'object' && value !== null && !Array.isArray(value);
    // Written as a mark, so that even `__proto__` becomes a key of the text and nothing here.
    return key !== null && isPlain ? { ...value, [`${MARK}key`]: MARK } : MARK;
  }
  if (Array.isArray(value)) return value.map((inner, at) => (String(at) === first ? changed(inner, rest, key) : inner));
  const entries = Object.entries(value as Record<string, Json>);
  return Object.fromEntries(entries.map(([name, inner]) => [name, name === first ? changed(inner, rest, key) : inner]));
}

/** Throws where anything that was sent has reached the prototypes that everything shares. */
export function expectClean(): void {
  const shared = [{}, [], () => {}, ''] as unknown as { polluted?: unknown }[];
  if (shared.some(({ polluted }) => polluted !== undefined)) throw new Error('A prototype was polluted.');
}
