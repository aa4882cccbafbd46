import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/server/app.ts';
import { RATES } from '../../src/server/http/limiter.ts';
import { createTestDeps, type TestDeps } from '../../src/server/testing/testDeps.ts';
import { officeClient, OWNER, ownShop, setupToken } from '../../src/server/testing/officeClient.ts';
import { createPairingCode } from '../../src/server/usecases/pair.ts';

const LIVE = { mode: 'live', publicUrl: 'https://cards.example', trustProxy: true } as const;
type Ask = (path: string, body: unknown, from?: string) => Promise<number>;

/** A server process of its own on the same store; `from` is what the proxy in front of it says. */
function processOn(deps: TestDeps): Ask {
  const app = createApp(deps);
  return async (path, body, from = '198.51.100.1') => {
    const headers = {
      'content-type': 'application/json',
      'x-regulars-office': '1',
      'x-regulars-card': '1',
      'x-forwarded-for': from,
    };
    return (await app.request(path, { method: 'POST', headers, body: JSON.stringify(body) })).status;
  };
}

async function times(n: number, ask: (i: number) => Promise<number>): Promise<number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < n; i += 1) statuses.push(await ask(i));
  return statuses;
}

const SIGN_IN = '/office/api/sign-in';
const wrong = { email: OWNER.email, password: 'not the password' };
const right = { email: OWNER.email, password: OWNER.password };

describe('passwords', () => {
  it('of one account are slow from anywhere, however it is written, through any server process', async () => {
    const deps = await createTestDeps(LIVE);
    await ownShop(deps);
    const processes = [processOn(deps), processOn(deps), processOn(deps)];
    const spellings = [OWNER.email, OWNER.email.toUpperCase(), ` ${OWNER.email} `, `\t${OWNER.email}\n`];
    const tried = await times(5, async (i) => {
      const ask = processes[i % 3] as Ask;
      return ask(SIGN_IN, { ...wrong, email: spellings[i % spellings.length] }, `203.0.113.${i}`);
    });
    expect(tried).toEqual([422, 422, 422, 422, 422]);
    for (const [i, ask] of processes.entries()) expect(await ask(SIGN_IN, right, `203.0.113.${100 + i}`)).toBe(429);
  });

  it('guessed all at the same moment are judged five at most', async () => {
    const deps = await createTestDeps(LIVE);
    await ownShop(deps);
    const processes = [processOn(deps), processOn(deps)];
    const statuses = await Promise.all(
      Array.from({ length: 30 }, (_, i) => (processes[i % 2] as Ask)(SIGN_IN, wrong, `203.0.113.${i}`)),
    );
    expect(statuses.filter((status) => status === 422)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(25);
  });

  it('from one address are slow for all accounts, and an own account buys no more of them', async () => {
    const deps = await createTestDeps(LIVE);
    await ownShop(deps);
    const ask = processOn(deps);
    const tried = await times(20, async (i) => {
      if (i % 4 === 0) expect(await ask(SIGN_IN, right)).toBe(200);
      return ask(SIGN_IN, { email: `guess-${i}@example.com`, password: 'x' });
    });
    expect(new Set(tried)).toEqual(new Set([422]));
    expect(await ask(SIGN_IN, { email: 'guess@example.com', password: 'x' })).toBe(429);
    expect(await ask(SIGN_IN, right)).toBe(429);
    expect(await ask(SIGN_IN, right, '198.51.100.2')).toBe(200);
  });

  it('from one network of IPv6 count together', async () => {
    const deps = await createTestDeps(LIVE);
    await ownShop(deps);
    const ask = processOn(deps);
    await times(20, (i) => ask(SIGN_IN, { email: `guess-${i}@example.com`, password: 'x' }, `2001:db8:1:2::${i + 1}`));
    expect(await ask(SIGN_IN, right, '2001:DB8:0001:0002:ffff::1')).toBe(429);
    expect(await ask(SIGN_IN, right, '2001:db8:1:3::1')).toBe(200);
  });

  it('are counted under the real address where no proxy is trusted, whatever the request says', async () => {
    const deps = await createTestDeps({ ...LIVE, trustProxy: false });
    await ownShop(deps);
    const ask = processOn(deps);
    await times(20, (i) => ask(SIGN_IN, { email: `guess-${i}@example.com`, password: 'x' }, `203.0.113.${i}`));
    expect(await ask(SIGN_IN, right, '203.0.113.99')).toBe(429);
  });

  it('behind a proxy are counted under what the proxy wrote, not under what stood there before', async () => {
    const deps = await createTestDeps(LIVE);
    await ownShop(deps);
    const ask = processOn(deps);
    await times(20, (i) =>
      ask(SIGN_IN, { email: `guess-${i}@example.com`, password: 'x' }, `203.0.113.${i}, 192.0.2.1`),
    );
    expect(await ask(SIGN_IN, right, '203.0.113.99, 192.0.2.1')).toBe(429);
  });

  it('given again to change them are slow as well', async () => {
    const deps = await createTestDeps(LIVE);
    const owner = await ownShop(deps);
    const next = 'another long password';
    const statuses = await times(6, async () => (await owner.send('POST', 'password', { current: 'no', next })).status);
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
    expect((await owner.send('POST', 'password', { current: OWNER.password, next })).status).toBe(429);
    deps.clock.advance(30_000);
    expect((await owner.send('POST', 'password', { current: OWNER.password, next })).status).toBe(200);
  });
});

describe('the set-up link', () => {
  it.each(['check', 'owner'])('cannot be guessed by asking to %s', async (what) => {
    const deps = await createTestDeps(LIVE);
    const token = await setupToken(deps);
    const processes = [processOn(deps), processOn(deps)];
    const guess = (i: number) => ({ token: `guess ${i}`, ...OWNER });
    const statuses = await times(21, (i) => (processes[i % 2] as Ask)(`/office/api/setup/${what}`, guess(i)));
    expect(statuses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 422));
    expect(statuses[20]).toBe(429);
    expect(await processOn(deps)('/office/api/setup/check', { token })).toBe(429);
    deps.clock.advance(15 * 60_000);
    const client = officeClient(deps);
    expect((await client.send('POST', 'setup/owner', { token, ...OWNER })).status).toBe(200);
  });
});

describe('pairing codes', () => {
  const guess = { code: 'CCCC-CCCC', publicKey: { x: 'x', y: 'y' }, proof: 'p' };

  it('guessed all at the same moment are judged five at most', async () => {
    const deps = await createTestDeps(LIVE);
    const ask = processOn(deps);
    const statuses = await Promise.all(Array.from({ length: 40 }, () => ask('/pair', guess)));
    expect(statuses.filter((status) => status === 403)).toHaveLength(RATES.pairing.burst);
    expect(await ask('/pair', guess, '198.51.100.2')).toBe(403);
  });

  it('run out for everybody, where whole networks guess', async () => {
    const deps = await createTestDeps(LIVE);
    const ask = processOn(deps);
    const { burst } = RATES.pairingAll;
    await times(burst, (i) => ask('/pair', guess, `10.${i >> 8}.${i & 255}.1`));
    expect(await ask('/pair', guess, '198.51.100.2')).toBe(429);
  });

  it('that are no requests at all cost a shop nothing', async () => {
    const deps = await createTestDeps(LIVE);
    const ask = processOn(deps);
    expect(new Set(await times(20, () => ask('/pair', { code: 7 })))).toEqual(new Set([400]));
    expect(await ask('/pair', guess)).toBe(403);
  });

  it('end for good after ten minutes', async () => {
    const deps = await createTestDeps(LIVE);
    await createPairingCode(deps, 'shop', { deviceName: 'Till', location: 'counter' });
    const { expires_at } = await deps.db.selectFrom('pairing_codes').select('expires_at').executeTakeFirstOrThrow();
    expect(expires_at - deps.clock.now()).toBe(10 * 60_000);
  });
});

describe("the customer's card", () => {
  it.each([
    ['recover', { code: 'AAAAA-BBBBB-CCCCC' }, 10, 404],
    ['comeback', { key: 'k'.repeat(43) }, 10, 404],
    ['join', { shop: 'none', join: '00000000-0000-4000-8000-000000000001', language: 'hu' }, 60, 404],
    ['found', { token: 'a'.repeat(144) }, 60, 200],
  ] as const)('%s slows down, for one address', async (what, body, free, status) => {
    const ask = processOn(await createTestDeps(LIVE));
    const statuses = await times(free + 1, (i) => ask(`/c/api/${what}`, body, `2001:db8:1:2::${i + 1}`));
    expect(statuses.slice(0, free)).toEqual(Array.from({ length: free }, () => status));
    expect(statuses.at(-1)).toBe(429);
    expect(await ask(`/c/api/${what}`, body, '198.51.100.9')).toBe(status);
  });
});
