import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/loyalty/facts.ts';
import type { ErrorAnswer, PullAnswer, SnapshotManifest, SnapshotPage } from '../../src/protocol/sync.ts';
import { markDurable } from '../../src/server/store/streams.ts';
import { TEST_SHOP } from '../../src/server/testing/testShop.ts';
import { createPairingCode, revokeDevice } from '../../src/server/usecases/pair.ts';
import { RATES } from '../../src/server/http/limiter.ts';
import { SimTill } from './simTill.ts';
import { startTestServer, type TestServer } from './testServer.ts';

const sale: Fact = { kind: 'sale', total: 900, lines: [], hour: 10, external: null };

async function errorOf(response: Response): Promise<[number, string]> {
  return [response.status, ((await response.json()) as ErrorAnswer).error];
}

describe('pull', () => {
  it('brings the whole ledger in order, and folding it gives what the server holds', async () => {
    const server = await startTestServer();
    const [a, b] = [await server.till(1), await server.till(2)];
    for (let i = 0; i < 1200; i++) a.record(`member-${i % 7}`, sale);
    await a.pushAll();
    const first = (await (await b.requestPull()).json()) as PullAnswer;
    expect(first).toMatchObject({ more: true, head: 1200, cursor: { gseq: 1000 } });
    await b.pull();
    expect(b.cursor.gseq).toBe(1200);
    expect(b.states).toEqual(await server.members());
    const again = (await (await b.requestPull()).json()) as PullAnswer;
    expect(again).toMatchObject({ admitted: [], documents: [], more: false, cursor: b.cursor });
  });

  it('brings documents: shop, program, staff, devices; and their changes', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    await till.pull();
    const kinds = [...till.documents.values()].map((document) => document.kind).sort();
    expect(kinds).toEqual(expect.arrayContaining(['business', 'device', 'location', 'program', 'staff']));
    await server.till(2);
    await till.pull();
    expect([...till.documents.values()].filter(({ kind }) => kind === 'device')).toHaveLength(2);
  });

  it('comes compressed to who can read it', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    for (let i = 0; i < 50; i++) till.record('anna', sale);
    await till.push();
    const plain = await (await till.requestPull()).text();
    const { app } = server;
    const request = app.request.bind(app);
    app.request = (path, init) => {
      const headers = new Headers((init as RequestInit).headers);
      headers.set('Accept-Encoding', 'gzip');
      return request(path, { ...(init as RequestInit), headers });
    };
    const packed = await till.requestPull();
    expect(packed.headers.get('Content-Encoding')).toBe('gzip');
    const bytes = await packed.arrayBuffer();
    expect(bytes.byteLength).toBeLessThan(plain.length / 3);
    expect(gunzipSync(Buffer.from(bytes)).toString()).toBe(plain);
  });

  it('says "diverged" to a cursor of another ledger', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    till.record('anna', sale);
    await till.push();
    await till.pull();
    const wrong = [
      { ...till.cursor, epoch: 'another' },
      { ...till.cursor, chain: 'a'.repeat(64) },
      { ...till.cursor, gseq: 99 },
      { ...till.cursor, rev: 9999 },
    ];
    for (const cursor of wrong) expect(await errorOf(await till.requestPull(cursor))).toEqual([409, 'diverged']);
    expect(await errorOf(await till.request('GET', '/sync/pull?epoch=x'))).toEqual([400, 'badRequest']);
  });

  it('calls nothing durable before a backup has it', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    for (let i = 0; i < 4; i++) till.record('anna', sale);
    expect((await till.push()).durableThrough).toEqual({ [till.run]: 0 });
    const { device, run } = till;
    for (const through of [3, 2]) await markDurable(server.deps.db, TEST_SHOP, [{ device, run, through }]);
    expect((await till.push()).durableThrough).toEqual({ [till.run]: 3 });
  });
});

describe('snapshot', () => {
  it('has every member on exactly one page, as of its own gseq, and says what of the asking till it holds', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    till.patch('member-3', { name: 'Dora' });
    for (let i = 0; i < 700; i++) {
      const credential = { kind: 'static', id: `card-${i}` } as const;
      till.record(`member-${i}`, { kind: 'enrolled', via: 'till' }, { credential });
    }
    till.recordRaw('broken');
    await till.pushAll();
    // The tail reaches back over the last day, so that a fresh till can show it.
    const recent = (await (await till.request('GET', '/sync/snapshot')).json()) as SnapshotManifest;
    expect(recent).toMatchObject({ head: 700, cursor: { gseq: 0 } });
    server.deps.clock.advance(48 * 3_600_000);
    const manifest = (await (await till.request('GET', '/sync/snapshot')).json()) as SnapshotManifest;
    expect(manifest).toMatchObject({ members: 700, pages: 3, fold: 1, cursor: { gseq: 700 } });
    expect(manifest.own).toEqual({ [till.run]: { through: 701, quarantined: [701] } });
    expect(manifest.documents.map(({ kind }) => kind)).not.toContain('credential');
    const pages: SnapshotPage[] = [];
    for (let page = 0; page < manifest.pages; page++) {
      const response = await till.request('GET', `/sync/snapshot/pages/${page}?of=${manifest.pages}`);
      expect(response.headers.get('Content-Encoding')).toBe(null);
      pages.push((await response.json()) as SnapshotPage);
    }
    const members = pages.flatMap((page) => page.members);
    expect(new Map(members.map(({ member, state }) => [member, state]))).toEqual(await server.members());
    expect(members).toHaveLength(700);
    expect(members.find(({ member }) => member === 'member-3')).toMatchObject({
      gseq: 4,
      profile: { name: 'Dora' },
      credentials: [{ id: 'card-3', member: 'member-3' }],
    });
    expect(await errorOf(await till.request('GET', '/sync/snapshot/pages/3?of=3'))).toEqual([404, 'notFound']);
  });
});

describe('who may ask', () => {
  const ask = async (server: TestServer, path: string, headers: HeadersInit = {}) =>
    errorOf(await server.app.request(path, { headers }));

  it('nobody without a proof that fits, is new, and is in time', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    expect(await ask(server, '/sync/snapshot')).toEqual([401, 'unauthorized']);
    const late = await till.request('GET', '/sync/snapshot', '', server.deps.clock.now() - 10 * 60_000);
    expect(late.status).toBe(401);
    expect(await late.json()).toMatchObject({ error: 'proofClock', time: server.deps.clock.now() });

    const seen: string[] = [];
    const { app } = server;
    const request = app.request.bind(app);
    app.request = async (path, init) => {
      seen.push(new Headers((init as RequestInit).headers).get('Authorization') ?? '');
      return request(path, init as RequestInit);
    };
    expect((await till.request('GET', '/sync/snapshot')).status).toBe(200);
    app.request = request;
    const [used = ''] = seen;
    expect(await ask(server, '/sync/snapshot', { Authorization: used })).toEqual([401, 'unauthorized']);
    expect(await ask(server, '/sync/pull', { Authorization: used })).toEqual([401, 'unauthorized']);
  });

  it('a revoked till may bring what it has, flagged, and gets nothing', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    till.record('anna', sale);
    expect(await revokeDevice(server.deps, TEST_SHOP, till.device)).toBe(true);
    expect(await revokeDevice(server.deps, TEST_SHOP, 'nobody')).toBe(false);
    expect((await till.push()).results).toEqual([{ seq: 1, result: 'flagged', codes: ['afterRevocation'] }]);
    expect(await server.exceptions()).toMatchObject([{ kind: 'afterRevocation', device: till.device }]);
    for (const path of ['/sync/snapshot', '/sync/snapshot/pages/0?of=1', '/sync/live']) {
      expect(await errorOf(await till.request('GET', path))).toEqual([403, 'revoked']);
    }
    expect(await errorOf(await till.requestPull())).toEqual([403, 'revoked']);
  });

  it('a pairing code works once, for ten minutes, and not with somebody else’s key', async () => {
    const server = await startTestServer();
    const make = () => createPairingCode(server.deps, TEST_SHOP, { deviceName: 'Till', location: 'counter' });
    const { code } = await make();
    expect(code).toMatch(/^[C-X3479]{4}-[C-X3479]{4}$/);
    const till = await SimTill.pair(server, 1, code.toLowerCase().replace('-', ' '));
    expect(till.device).not.toBe('');
    await expect(SimTill.pair(server, 2, code)).rejects.toThrow('403');
    const old = await make();
    server.deps.clock.advance(11 * 60_000);
    await expect(SimTill.pair(server, 3, old.code)).rejects.toThrow('403');
  });

  it('wrong pairing codes run out', async () => {
    const server = await startTestServer(RATES);
    for (let i = 0; i < 5; i++) await expect(SimTill.pair(server, 1, 'CCCC-CCCC')).rejects.toThrow('403');
    const { code } = await createPairingCode(server.deps, TEST_SHOP, { deviceName: 'Till', location: 'counter' });
    await expect(SimTill.pair(server, 1, code)).rejects.toThrow('429');
    server.deps.clock.advance(2 * 60_000);
    expect((await SimTill.pair(server, 1, code)).device).not.toBe('');
  });
});

describe('live', () => {
  it('hints that the head moved, and ends when the till is revoked', async () => {
    const server = await startTestServer();
    const [a, b] = [await server.till(1), await server.till(2)];
    const response = await b.request('GET', '/sync/live');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const next = async () => (await reader?.read())?.value ?? '';
    expect(await next()).toContain('event: head');
    // Nothing new, nothing to tell.
    await a.push();
    a.record('anna', sale);
    await a.push();
    await a.push();
    expect(await next()).toContain('"head":1');
    await revokeDevice(server.deps, TEST_SHOP, b.device);
    expect(await next()).toContain('event: revoked');
    expect((await reader?.read())?.done).toBe(true);
    expect(server.deps.live.listeners()).toBe(0);
  });
});
