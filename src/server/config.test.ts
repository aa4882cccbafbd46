import { describe, expect, it } from 'vitest';
import { readConfig, SETTINGS } from './config.ts';

describe('readConfig', () => {
  it('is a demo on this machine alone when nothing is set', () => {
    const read = readConfig({});
    expect(read).toMatchObject({
      ok: true,
      config: { mode: 'demo', host: 'localhost', port: 8080, publicUrl: 'http://localhost:8080', tls: null },
    });
  });

  it('is live with a public address', () => {
    const read = readConfig({ REGULARS_PUBLIC_URL: 'https://cards.example.com/', NODE_ENV: 'production', PORT: '' });
    expect(read).toMatchObject({
      ok: true,
      config: { mode: 'live', host: '::', publicUrl: 'https://cards.example.com' },
    });
  });

  it.each([
    [{ REGULARS_MODE: 'demo', REGULARS_PUBLIC_URL: 'https://a.example' }, 'cannot run at a public address'],
    [{ NODE_ENV: 'production' }, 'does not run with NODE_ENV=production'],
    [{ REGULARS_MODE: 'test' }, 'REGULARS_MODE must be demo or live'],
    [{ REGULARS_PUBLIC_URL: 'cards.example.com' }, 'REGULARS_PUBLIC_URL must be a web address'],
    [{ PORT: 'eighty' }, 'PORT must be a number'],
    [{ REGULARS_TLS_CERT: 'a.pem' }, 'are needed together'],
    [{ REGULARS_METRICS_TOKEN: 'short' }, 'REGULARS_METRICS_TOKEN needs 16 characters'],
  ])('refuses %j with a sentence', (env, sentence) => {
    const read = readConfig(env);
    expect(read.ok ? '' : read.problems.join(' ')).toContain(sentence);
  });

  it('reads nothing that its table does not list', () => {
    const asked = new Set<string>();
    readConfig(new Proxy({}, { get: (_, name) => void asked.add(String(name)) }));
    const listed = new Set<string>([...SETTINGS.map(([name]) => name), 'NODE_ENV']);
    expect([...asked].filter((name) => !listed.has(name))).toEqual([]);
    expect([...listed].filter((name) => !asked.has(name))).toEqual([]);
  });
});
