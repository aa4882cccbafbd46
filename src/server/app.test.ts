import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { createTestDeps } from './testing/testDeps.ts';

let dist = '';
beforeAll(() => {
  dist = mkdtempSync(join(tmpdir(), 'regulars-dist-'));
  for (const folder of ['assets', 'till', 'src/card', 'src/office']) mkdirSync(join(dist, folder), { recursive: true });
  writeFileSync(join(dist, 'index.html'), 'the till');
  writeFileSync(join(dist, 'src/card/index.html'), 'the card');
  writeFileSync(join(dist, 'src/office/index.html'), 'the office');
  writeFileSync(join(dist, 'assets/app-abc.js'), '1;');
  writeFileSync(join(dist, 'till/sw.js'), '2;');
  writeFileSync(join(dist, '.secret'), 'no');
});
afterAll(() => rmSync(dist, { recursive: true }));

async function start(settings = {}) {
  return createApp(await createTestDeps(settings), { dist });
}

describe('the apps', () => {
  it.each([
    ['/till/', 'the till'],
    ['/till/deep/link', 'the till'],
    ['/c/abc', 'the card'],
    ['/C/ABC', 'the card'],
    ['/office/', 'the office'],
    ['/assets/app-abc.js', '1;'],
    ['/till/sw.js', '2;'],
  ])('%s is %s', async (path, text) => {
    const answer = await (await start()).request(path);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(text);
  });

  it.each([
    '/nothing',
    '/src/card/index.html',
    '/index.html',
    '/.secret',
    '/assets/..%2f.secret',
    '/assets/%00',
    '/c/api/x',
  ])('%s is nothing', async (path) => {
    const answer = await (await start()).request(path);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: 'notFound' });
  });

  it('keeps hashed files for ever, asks for pages and workers anew, and scopes workers', async () => {
    const app = await start();
    expect((await app.request('/assets/app-abc.js')).headers.get('Cache-Control')).toContain('immutable');
    const worker = await app.request('/till/sw.js');
    expect(worker.headers.get('Cache-Control')).toBe('no-cache');
    expect(worker.headers.get('Service-Worker-Allowed')).toBe('/till/');
    const etag = worker.headers.get('ETag') ?? '';
    expect((await app.request('/till/sw.js', { headers: { 'If-None-Match': etag } })).status).toBe(304);
  });
});

describe('every answer', () => {
  it('forbids what a page of ours never does', async () => {
    for (const path of ['/till/', '/health', '/nothing']) {
      const { headers } = await (await start()).request(path);
      const policy = headers.get('Content-Security-Policy') ?? '';
      expect(policy).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'");
      expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:/);
      expect(headers.get('Permissions-Policy')).toContain('camera=(self)');
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Strict-Transport-Security')).toBeNull();
    }
    const live = await start({ mode: 'live', publicUrl: 'https://cards.example.com' });
    expect((await live.request('/health')).headers.get('Strict-Transport-Security')).toContain('max-age=');
  });
});

describe('the watchers', () => {
  it('see that it lives and can serve', async () => {
    const app = await start();
    expect((await app.request('/health')).status).toBe(200);
    expect((await app.request('/ready')).status).toBe(200);
    const metrics = await (await app.request('/metrics')).text();
    expect(metrics).toContain('regulars_http_requests_total{route="/health",status="200"} 1');
  });

  it('see figures of a real shop with the token only', async () => {
    const app = await start({ mode: 'live', metricsToken: 'a-token-of-16-characters' });
    expect((await app.request('/metrics')).status).toBe(404);
    const headers = { Authorization: 'Bearer a-token-of-16-characters' };
    expect((await app.request('/metrics', { headers })).status).toBe(200);
  });
});
