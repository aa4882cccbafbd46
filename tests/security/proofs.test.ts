import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../src/protocol/bytes.ts';
import { PROOF_WINDOW_MS, proofHeader } from '../../src/protocol/deviceProof.ts';
import { dumpStore, rowsOf } from './dump.ts';
import { openWorld, pairTill, proofOf, type Device, type World } from './world.ts';

const health = { build: 'test', unsent: 0, oldestUnsentAt: null, persisted: true };
const BODY = JSON.stringify({ protocol: 1, run: 'run-1', events: [], patches: [], programs: [], health });
const LEAVE = JSON.stringify({ staff: null });
const PATH = '/sync/push';
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly header: string;
}

async function send({ method, path, body, header }: Sent, more: Record<string, string> = {}): Promise<number> {
  const init = { method, headers: { authorization: header, ...more }, ...(method !== 'GET' && { body }) };
  return (await world.app.request(path, init)).status;
}

const proof = (device: Device = world.a.device, body = BODY) => proofOf(world.deps, device, 'POST', PATH, body);

describe('a device proof', () => {
  it('is taken once', async () => {
    const header = await proof();
    const sent = { method: 'POST', path: PATH, body: BODY, header };
    expect(await send(sent)).toBe(200);
    expect(await send(sent)).toBe(401);
    world.deps.clock.advance(PROOF_WINDOW_MS);
    expect(await send(sent)).toBe(401);
    world.deps.clock.advance(1);
    expect(await send(sent)).toBe(401);
  });

  it('is good for its method, path, query and body alone', async () => {
    const before = rowsOf(await dumpStore(world.deps));
    const leave = await proofOf(world.deps, world.a.device, 'POST', '/sync/leave', LEAVE);
    const tries: Sent[] = [
      { method: 'POST', path: PATH, body: `${BODY} `, header: await proof() },
      { method: 'POST', path: PATH, body: BODY.replace('run-1', 'run-2'), header: await proof() },
      { method: 'POST', path: PATH, body: '', header: await proof() },
      { method: 'POST', path: PATH, body: gzipSync(BODY), header: await proof() },
      { method: 'POST', path: `${PATH}?x=1`, body: BODY, header: await proof() },
      { method: 'POST', path: '/sync/offer', body: BODY, header: await proof() },
      { method: 'POST', path: '/sync/leave', body: BODY, header: await proof() },
      { method: 'POST', path: PATH, body: LEAVE, header: leave },
      { method: 'GET', path: '/sync/snapshot', body: '', header: await proof() },
      { method: 'GET', path: '/sync/snapshot/pages/1', body: '', header: await getProof('/sync/snapshot/pages/0') },
      { method: 'GET', path: '/sync/snapshot?', body: '', header: await getProof('/sync/live') },
    ];
    for (const one of tries) expect(await send(one), `${one.method} ${one.path}`).toBe(401);
    expect(rowsOf(await dumpStore(world.deps))).toEqual(before);
  });

  it('of another device, of another shop or of nobody, proves nothing', async () => {
    const { a, b, deps } = world;
    const subject = { method: 'POST', path: PATH, time: deps.clock.now(), nonce: 'n'.repeat(22), body: BODY };
    const forged = async (id: string, { key }: Device) => proofHeader(id, key, subject);
    for (const header of [
      await forged(a.device.id, a.revoked),
      await forged(a.device.id, b.device),
      await forged('server', b.device),
      await forged('00000000-0000-7000-8000-000000000000', b.device),
    ]) {
      expect(await send({ method: 'POST', path: PATH, body: BODY, header })).toBe(401);
    }
  });

  it('must be of now, by the time that is signed', async () => {
    const { a, deps } = world;
    const at = (time: number) => ({
      method: 'POST',
      path: PATH,
      time,
      nonce: toBase64Url(deps.random.bytes(16)),
      body: BODY,
    });
    const now = deps.clock.now();
    for (const time of [now - PROOF_WINDOW_MS - 1, now + PROOF_WINDOW_MS + 1, 0, 9_000_000_000_000_000]) {
      const header = await proofHeader(a.device.id, a.device.key, at(time));
      expect(await send({ method: 'POST', path: PATH, body: BODY, header })).toBe(401);
      expect(
        await send({ method: 'POST', path: PATH, body: BODY, header: header.replace(`"${time}"`, `"${now}"`) }),
      ).toBe(401);
    }
  });

  it('changed in any place is refused, whatever it is changed into', async () => {
    const { clock } = world.deps;
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.string({ unit: 'binary-ascii', minLength: 0, maxLength: 3 }), async (at, piece) => {
        const header = await proof();
        const index = at % header.length;
        const changed = `${header.slice(0, index)}${piece}${header.slice(index + 1)}`;
        if (changed === header || /[^\t\x20-\x7e]/.test(changed)) return;
        const status = await send({ method: 'POST', path: PATH, body: BODY, header: changed });
        // The last symbol of a signature has bits that say nothing; the nonce keeps it from being a second proof.
        const isSpare = index === header.length - 2;
        if (!isSpare) expect(status, changed).toBe(401);
      }),
      { numRuns: 300 },
    );
    expect(clock.now()).toBeGreaterThan(0);
  });

  it('with the signature written another way is no second proof', async () => {
    const header = await proof();
    const [, signature = ''] = /signature="([^"]+)"/.exec(header) ?? [];
    const raw = Buffer.from(fromBase64Url(signature) ?? []);
    const [r, s] = [raw.subarray(0, 32), raw.subarray(32)];
    const written = (bytes: Uint8Array) => header.replace(signature, toBase64Url(Uint8Array.from(bytes)));
    // (r, n - s) fits the same text: the nonce is what makes it worthless.
    const mirrored = (N - BigInt(`0x${s.toString('hex')}`)).toString(16).padStart(64, '0');
    const twin = written(Buffer.concat([r, Buffer.from(mirrored, 'hex')]));
    const sent = { method: 'POST', path: PATH, body: BODY };
    expect(await send({ ...sent, header: twin })).toBe(200);
    expect(await send({ ...sent, header })).toBe(401);
    const integer = (part: Buffer) => Buffer.concat([Buffer.from([2, 33, 0]), part]);
    const der = Buffer.concat([Buffer.from([0x30, 70]), integer(r), integer(s)]);
    const zero = Buffer.alloc(32);
    const many = [der, raw.subarray(0, 63), Buffer.concat([raw, Buffer.from([0])]), Buffer.concat([zero, zero])];
    const order = Buffer.from(N.toString(16), 'hex');
    many.push(
      Buffer.concat([r, zero]),
      Buffer.concat([zero, s]),
      Buffer.concat([order, order]),
      Buffer.concat([s, r]),
      Buffer.alloc(0),
    );
    for (const bytes of many) expect(await send({ ...sent, header: written(bytes) })).toBe(401);
  });

  it('does not pass for a pairing, nor a pairing for one', async () => {
    const header = await proof();
    const [, signature = ''] = /signature="([^"]+)"/.exec(header) ?? [];
    const { x, y } = await crypto.subtle.exportKey('jwk', world.a.device.key);
    const body = JSON.stringify({
      code: 'CDFG-HJKM',
      publicKey: { x, y },
      proof: signature,
      device: world.a.device.id,
    });
    const answer = await world.app.request('/pair', { method: 'POST', body });
    expect(answer.status).toBe(403);
  });
});

describe('a compressed push', () => {
  it('is proven as it was sent, and counted as it is inside', async () => {
    const { app, deps, a } = world;
    const push = async (bytes: Uint8Array<ArrayBuffer>) => {
      const nonce = toBase64Url(deps.random.bytes(16));
      const subject = { method: 'POST', path: PATH, time: deps.clock.now(), nonce, body: bytes };
      const authorization = await proofHeader(a.device.id, a.device.key, subject);
      const headers = { authorization, 'content-encoding': 'gzip' };
      return (await app.request(PATH, { method: 'POST', headers, body: bytes })).status;
    };
    expect(await push(gzipSync(BODY))).toBe(200);
    // A megabyte that would be a gigabyte, and one inside another.
    const bomb = gzipSync(Buffer.alloc(200_000_000, ' '));
    expect(bomb.length).toBeLessThan(300_000);
    expect(await push(bomb)).toBe(413);
    expect([400, 413]).toContain(await push(gzipSync(gzipSync(BODY))));
    expect([400, 413]).toContain(await push(gzipSync(BODY).subarray(0, 40)));
    expect([400, 413]).toContain(await push(new TextEncoder().encode(BODY)));
  });
});

describe('strangers', () => {
  it('cannot make the server read what they send', async () => {
    const { a, deps } = world;
    const unknown = { id: '00000000-0000-7000-8000-000000000000', key: a.device.key };
    const old = { method: 'POST', path: PATH, time: 0, nonce: 'n'.repeat(22), body: BODY };
    const headers = [
      '',
      'Bearer x',
      await proofOf(deps, unknown, 'POST', PATH, BODY),
      await proofHeader(a.device.id, a.device.key, old),
    ];
    for (const path of [PATH, '/sync/offer', '/sync/leave']) {
      for (const authorization of headers) {
        let read = 0;
        const body = new ReadableStream<Uint8Array>(
          { pull: (to) => (to.enqueue(new Uint8Array(1024)), void (read += 1)) },
          { highWaterMark: 0 },
        );
        const init = { method: 'POST', headers: { authorization }, body, duplex: 'half' } as RequestInit;
        expect((await world.app.request(path, init)).status).toBe(401);
        expect(read).toBe(0);
      }
    }
  });

  it('who know a device get no more of it read than a push may have', async () => {
    const { a } = world;
    let read = 0;
    const body = new ReadableStream<Uint8Array>(
      { pull: (to) => (to.enqueue(new Uint8Array(65_536)), void (read += 65_536)) },
      { highWaterMark: 0 },
    );
    const header = await proofOf(world.deps, a.device, 'POST', PATH, 'something else');
    const init = { method: 'POST', headers: { authorization: header }, body, duplex: 'half' } as RequestInit;
    expect((await world.app.request(PATH, init)).status).toBe(413);
    expect(read).toBeLessThan(5_000_000);
  });
});

describe('a pairing', () => {
  it('cannot take the place of a till of another shop', async () => {
    const { app, deps, a, b } = world;
    const before = rowsOf(await dumpStore(deps), a.id);
    const { id, key } = await pairTill(deps, app, b.id, b.location, a.device.id);
    expect(id).not.toBe(a.device.id);
    const header = await proofOf(deps, { id: a.device.id, key }, 'POST', PATH, BODY);
    expect(await send({ method: 'POST', path: PATH, body: BODY, header })).toBe(401);
    expect(rowsOf(await dumpStore(deps), a.id)).toEqual(before);
  });
});

function getProof(path: string): Promise<string> {
  return proofOf(world.deps, world.a.device, 'GET', path, '');
}
