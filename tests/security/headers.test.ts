import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/server/app.ts';
import { seedDemo } from '../../src/server/demo/seed.ts';
import { createTestDeps } from '../../src/server/testing/testDeps.ts';
import { OWNER, ownShop } from '../../src/server/testing/officeClient.ts';
import { ask, caseOf } from './ask.ts';
import { dumpStore, rowsOf } from './dump.ts';
import { ROUTES } from './routes.ts';
import { openWorld, type World } from './world.ts';

const names = Object.keys(ROUTES);

/** What every answer carries, whatever it is. */
function expectHeaders(headers: Headers, https: boolean, about: string): void {
  const policy = headers.get('content-security-policy') ?? '';
  const directives = new Map(policy.split('; ').map((one) => [one.split(' ')[0] ?? '', one.split(' ').slice(1)]));
  expect(directives.get('default-src'), about).toEqual(["'none'"]);
  expect(directives.get('script-src'), about).toEqual(["'self'", "'wasm-unsafe-eval'"]);
  for (const name of ['base-uri', 'object-src', 'frame-ancestors'])
    expect(directives.get(name), about).toEqual(["'none'"]);
  for (const name of ['connect-src', 'form-action', 'worker-src', 'font-src']) {
    expect(directives.get(name), about).toEqual(["'self'"]);
  }
  expect(policy, about).not.toMatch(/unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)|\*|https?:/);
  expect(headers.get('x-content-type-options'), about).toBe('nosniff');
  expect(headers.get('referrer-policy'), about).toBe('no-referrer');
  expect(headers.get('cross-origin-opener-policy'), about).toBe('same-origin');
  expect(headers.get('cross-origin-resource-policy'), about).toBe('same-origin');
  expect(headers.get('permissions-policy'), about).toContain('camera=(self)');
  expect(headers.get('strict-transport-security'), about).toBe(https ? 'max-age=31536000; includeSubDomains' : null);
  expect(headers.get('access-control-allow-origin'), about).toBeNull();
}

describe('security headers', () => {
  let world: World;
  let built: Hono;
  const dist = mkdtempSync(join(tmpdir(), 'regulars-dist-'));
  beforeAll(async () => {
    world = await openWorld();
    for (const folder of ['assets', 'src/card', 'src/office', 'till'])
      mkdirSync(join(dist, folder), { recursive: true });
    for (const page of ['index.html', 'src/card/index.html', 'src/office/index.html']) {
      writeFileSync(join(dist, page), '<!doctype html>'.padEnd(5000));
    }
    writeFileSync(join(dist, 'assets/a.js'), '//'.padEnd(5000));
    writeFileSync(join(dist, 'assets/large.bin'), Buffer.alloc(5_000_000));
    writeFileSync(join(dist, 'till/sw.js'), '//');
    built = createApp(world.deps, { dist });
  });
  afterAll(() => rmSync(dist, { recursive: true, force: true }));

  it.each(names)('%s: for who may and who may not', async (name) => {
    const { a } = world;
    for (const caller of [caseOf(name).may[0] ?? 'nobody', 'nonsense', 'nobody'] as const) {
      const { headers } = await ask(world, { name, caller, own: a, target: a });
      expectHeaders(headers, true, caller);
    }
  });

  it('files, pages, compressed or not, unchanged, redirected, missing', async () => {
    const paths = [
      '/till/',
      '/c/',
      '/office/',
      '/C/X',
      '/assets/a.js',
      '/assets/large.bin',
      '/till/sw.js',
      '/',
      '/till',
    ];
    for (const path of [...paths, '/nothing', '/office/api/nothing', '/c/api/nothing', '/%2e%2e/etc/passwd', '/%00']) {
      for (const encoding of ['identity', 'gzip', 'br, gzip, deflate']) {
        for (const method of ['GET', 'HEAD']) {
          const answer = await built.request(path, { method, headers: { 'accept-encoding': encoding } });
          expectHeaders(answer.headers, true, `${method} ${path} ${encoding}`);
          const etag = answer.headers.get('etag');
          if (etag) {
            const again = await built.request(path, { headers: { 'if-none-match': etag } });
            expect(again.status).toBe(304);
            expectHeaders(again.headers, true, `unchanged ${path}`);
          }
          await answer.body?.cancel();
        }
      }
    }
    const gzip = await built.request('/assets/a.js', { headers: { 'accept-encoding': 'gzip' } });
    expect(gzip.headers.get('content-encoding')).toBe('gzip');
  });

  it('too much, too often, and what goes wrong inside', async () => {
    const app = createApp(world.deps, { rates: { ...NONE, pairingAll: NONE.pairing } });
    const tooOften = await app.request('/pair', { method: 'POST', body: '{}' });
    expect(tooOften.status).toBe(429);
    expectHeaders(tooOften.headers, true, 'too often');
    const broken = await createTestDeps({ publicUrl: 'https://cards.example' });
    await broken.db.destroy();
    for (const path of ['/office/api/state', '/c/api/shop/x', '/ready']) {
      const answer = await createApp(broken).request(path);
      expect([500, 503]).toContain(answer.status);
      expectHeaders(answer.headers, true, path);
      expect(await answer.text()).not.toMatch(/at |\.ts|driver|sqlite|database is/i);
    }
  });

  it('without HTTPS promise none', async () => {
    const app = createApp(await createTestDeps({ publicUrl: 'http://localhost:8080' }));
    expectHeaders((await app.request('/health')).headers, false, 'http');
  });
});

const slow = { burst: 0, perSecond: 1 };
const NONE = { address: slow, device: slow, pairing: slow, pairingAll: slow };

it('in the office no text becomes script', async () => {
  const app = createApp(await createTestDeps());
  const policy = async (path: string) => (await app.request(path)).headers.get('content-security-policy') ?? '';
  expect(await policy('/office/')).toContain("; require-trusted-types-for 'script'; trusted-types default");
});

describe('pages', () => {
  const inline = /<style|<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=|javascript:/i;

  it.each(['index.html', 'src/card/index.html', 'src/office/index.html'])('%s has nothing inline', (page) => {
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('<script');
    expect(html).not.toMatch(inline);
  });

  it("the demo's start page neither", async () => {
    const deps = await createTestDeps();
    await seedDemo(deps);
    const html = await (await createApp(deps).request('/')).text();
    expect(html).toContain('<html');
    expect(html).not.toMatch(inline);
  });
});

describe('cookies', () => {
  const cookiesOf = async (publicUrl: string) => {
    const deps = await createTestDeps({ mode: 'live', publicUrl });
    const { app } = await ownShop(deps);
    const office = { 'x-regulars-office': '1', 'content-type': 'application/json' };
    const login = JSON.stringify({ email: OWNER.email, password: OWNER.password });
    const signedIn = await app.request('/office/api/sign-in', { method: 'POST', headers: office, body: login });
    return signedIn.headers.getSetCookie();
  };

  it('are for this host, this site and the server alone', async () => {
    const [office = ''] = await cookiesOf('https://cards.example');
    const world = await openWorld();
    const card = await ask(world, { name: 'GET /c/api/card', caller: 'card', own: world.a, target: world.a });
    for (const cookie of [office, card.headers.get('set-cookie') ?? '']) {
      expect(cookie).toMatch(/^__Host-/);
      for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(part);
      expect(cookie).not.toContain('Domain');
    }
  });

  it('without HTTPS keep what needs none', async () => {
    const [office = ''] = await cookiesOf('http://localhost:8080');
    expect(office).toMatch(/^office=/);
    for (const part of ['HttpOnly', 'SameSite=Lax']) expect(office).toContain(part);
    expect(office).not.toContain('Secure');
  });
});

describe('requests of other sites', () => {
  let world: World;
  let before: string[];
  beforeAll(async () => {
    world = await openWorld();
    before = rowsOf(await dumpStore(world.deps));
  });
  const changing = names.filter((name) => /^(?:POST|PUT|PATCH|DELETE) \/(?:office|c)\/api\//.test(name));
  const foreign: readonly (readonly [string, Record<string, string>])[] = [
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbor', { 'sec-fetch-site': 'same-site' }],
    ['an address typed', { 'sec-fetch-site': 'none' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['a look-alike', { origin: 'https://cards.example.evil.example', host: 'cards.example' }],
    ['a frame without origin', { origin: 'null' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a form with a file', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['plain text', { 'content-type': 'text/plain' }],
    ['plain text that says it is JSON', { 'content-type': 'text/plain; application/json' }],
    ['no header of ours', { 'x-regulars-office': '', 'x-regulars-card': '' }],
  ];

  it.each(changing)('%s', async (name) => {
    const { a } = world;
    const caller = caseOf(name).may.includes('office') ? 'office' : 'card';
    for (const [about, headers] of foreign) {
      const { status } = await ask(world, { name, caller, own: a, target: a, headers });
      expect(status, about).toBe(403);
    }
    expect(rowsOf(await dumpStore(world.deps))).toEqual(before);
  });

  it('were really tried', () => expect(changing.length).toBeGreaterThan(30));

  it('of our own are served', async () => {
    const { a } = world;
    for (const headers of [{ 'sec-fetch-site': 'same-origin' }, { origin: 'https://cards.example' }]) {
      const call = { name: 'POST /office/api/balances/check', caller: 'office', own: a, target: a, headers } as const;
      expect((await ask(world, call)).status).toBe(200);
    }
  });
});
