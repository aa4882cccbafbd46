import { expect, test } from 'vitest';
import { routeOf } from './route.ts';

test.each([
  ['/c/', '', { kind: 'card' }],
  ['/c/', '#k=abc', { kind: 'card' }],
  ['/c/join/kave', '', { kind: 'join', shop: 'kave' }],
  ['/c/join/kave/', '', { kind: 'join', shop: 'kave' }],
  ['/C/JOIN/AB12CD34', '', { kind: 'join', shop: 'AB12CD34' }],
  ['/c/', '#t=ABC', { kind: 'found', token: 'ABC' }],
  ['/c/recover', '', { kind: 'recover' }],
  ['/c/anything', '', { kind: 'card' }],
])('%s%s', (pathname, hash, route) => {
  expect(routeOf({ pathname, hash })).toEqual(route);
});
