import { expect, it } from 'vitest';
import { startProblem } from './startProblem.ts';

const config = { port: 8080, host: 'localhost', data: './data', tls: { cert: '/etc/cert.pem', key: '/etc/key.pem' } };
const failed = (code: string, path?: string) => Object.assign(new Error(`${code}: raw`), { code, path });

it.each([
  [failed('EADDRINUSE'), 'Port 8080 is in use'],
  [failed('EADDRNOTAVAIL'), 'no address localhost'],
  [failed('ENOENT', '/etc/key.pem'), 'REGULARS_TLS_KEY'],
  [failed('EEXIST', './data'), './data is not a folder'],
  [failed('ENOENT', './data'), 'cannot be made'],
  [failed('EACCES'), 'above 1023'],
  [failed('EACCES', './data'), 'no permission for ./data'],
  [new Error('SQLite refuses'), 'SQLite refuses'],
])('names the cause of %s', (error, words) => {
  expect(startProblem(error, config)).toContain(words);
});
