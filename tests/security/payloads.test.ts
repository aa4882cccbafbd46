import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { canonical } from '../../src/protocol/canonical.ts';
import type { Event } from '../../src/protocol/event.ts';
import { programHash, ZERO_HASH } from '../../src/protocol/hash.ts';
import type { PushAnswer } from '../../src/protocol/sync.ts';
import { testProgram } from '../../src/server/testing/testShop.ts';
import { onPostgres } from '../../src/server/testing/testStore.ts';
import { ask, caseOf, type Call } from './ask.ts';
import { expectClean, hostile } from './hostile.ts';
import { ROUTES } from './routes.ts';
import { openWorld, proofOf, type Caller, type World } from './world.ts';

// PostgreSQL is asked over the network, so fewer.
const RUNS = onPostgres ? 12 : 60;
const names = Object.keys(ROUTES);
const withBody = names.filter((name) => !name.startsWith('GET ') && caseOf(name).body !== undefined);

afterEach(expectClean);

const callerOf = (name: string): Caller => caseOf(name).may[0] ?? 'nobody';

/** What everybody looks at afterwards must still be there, whatever was stored. */
async function expectReadable(world: World): Promise<void> {
  const { a } = world;
  const reading = names.filter((name) => name.startsWith('GET ') && !/live|\/C\/|\*/.test(name));
  for (const name of reading) {
    const caller = callerOf(name);
    const { status, text } = await ask(world, { name, caller, own: a, target: a });
    expect(status, `${name}: ${text.slice(0, 300)}`).toBeLessThan(500);
    expect(text.includes('"failed":true')).toBe(false);
  }
}

describe('bodies that were tampered with are refused or harmless', () => {
  // Forgetting the phone, removing the till and the like would leave nobody to ask the next time.
  it.each(withBody.filter((name) => name !== 'POST /sync/leave'))('%s', async (name) => {
    const world = await openWorld();
    const { a } = world;
    const valid = caseOf(name).body?.(a);
    const call: Call = { name, caller: callerOf(name), own: a, target: a };
    await fc.assert(
      fc.asyncProperty(hostile(valid), async (text) => {
        const { status, text: said } = await ask(world, { ...call, raw: text });
        expect(status, `${said} ${world.log.at(-2)}`).toBeLessThan(500);
      }),
      { numRuns: RUNS },
    );
    await expectReadable(world);
  });

  it.each(withBody)('%s with no JSON at all', async (name) => {
    const world = await openWorld();
    const { a } = world;
    for (const raw of [
      '',
      '{',
      '[1,',
      '"',
      '\u0000',
      '{"a":1}{"b":2}',
      '[]',
      '7',
      'null',
      '\ufeff{}',
      '['.repeat(100_000),
    ]) {
      const { status } = await ask(world, { name, caller: callerOf(name), own: a, target: a, raw });
      expect(status).toBeLessThan(500);
    }
  });
});

describe('queries that were tampered with', () => {
  const paths = ['/office/api/today?day=', '/office/api/patterns?day=', '/office/api/members?query=', '/c/api/shop/'];
  const values = [
    '2026-99-99',
    '0000-00-00',
    '9999-12-31',
    '2026-02-30',
    '%00',
    '%ED%A0%80',
    '%',
    '__proto__',
    "'--",
    '%25',
    'x'.repeat(5000),
  ];

  it('of the office and the card', async () => {
    const { app, a } = await openWorld();
    for (const path of paths) {
      for (const value of values) {
        const { status } = await app.request(`${path}${value}`, { headers: { cookie: `${a.office}; ${a.card}` } });
        expect(status, path + value).toBeLessThan(500);
      }
    }
  });

  it('of tills, signed as they are', async () => {
    const { app, deps, a } = await openWorld();
    const cursor = { epoch: 'none', gseq: '0', chain: ZERO_HASH, rev: '0' };
    for (const field of Object.keys(cursor)) {
      for (const value of [...values, '-1', '1e3', '999999999999999', '9999999999999999', '']) {
        const query = Object.entries(cursor).map(([key, usual]) => `${key}=${key === field ? value : usual}`);
        const path = `/sync/pull?${query.join('&')}`;
        const signed = new URL(path, 'http://localhost');
        const authorization = await proofOf(deps, a.device, 'GET', signed.pathname + signed.search, '');
        expect((await app.request(path, { headers: { authorization } })).status, path).toBeLessThan(500);
      }
    }
    for (const page of [
      '-1',
      '999999999999999',
      '1.5',
      '%00',
      '__proto__',
      '0?of=0',
      '0?of=999999999999999',
      '7?of=3',
    ]) {
      const path = `/sync/snapshot/pages/${page}`;
      const authorization = await proofOf(deps, a.device, 'GET', path, '');
      expect((await app.request(path, { headers: { authorization } })).status, path).toBeLessThan(500);
    }
  });
});

describe('events that were tampered with', () => {
  const facts = [
    {
      kind: 'sale',
      total: 1200,
      lines: [{ product: null, category: 'coffee', quantity: 1, amount: 1200, given: false }],
      hour: 10,
      external: null,
    },
    { kind: 'redeemed', reward: 'gift', voucher: null, due: null, approvedBy: null },
    { kind: 'goodwill', reason: 'sorry', unit: 'stamps', amount: 1 },
    { kind: 'voided', target: 'none', reason: null },
    { kind: 'refunded', target: 'none', amount: 1 },
    { kind: 'credentialIssued', credential: 'ab'.repeat(16), credentialKind: 'static' },
    { kind: 'shareReleased', share: 'rule/x/2026-03-02', n: 1 },
    { kind: 'enrolled', via: 'till' },
    { kind: 'adjusted', reason: 'x', unit: 'stamps', amount: -1 },
    { kind: 'forgiven', target: 'none', reason: null },
    { kind: 'reserved', reservation: 'r', reward: 'gift', voucher: null, due: null, from: 0, until: 1 },
  ] as const;

  it.each(facts)('$kind: stored, kept aside or refused, and everything can still be read', async (fact) => {
    const world = await openWorld();
    const { a, deps } = world;
    let n = 0;
    const eventOf = (): Event => ({
      v: 1,
      id: `event-${n}`,
      business: a.id,
      location: a.location,
      device: a.device.id,
      run: `run-${n}`,
      seq: 1,
      prev: ZERO_HASH,
      at: deps.clock.now(),
      skew: 0,
      day: '2026-03-02',
      basis: { epoch: 'none', gseq: 0 },
      engine: 1,
      staff: a.staff,
      member: a.member,
      credential: { kind: 'static', id: 'ab'.repeat(16) },
      program: programHash({ ...testProgram, secret: a.mark }),
      fact,
      told: [{ kind: 'credit', rule: 'x' } as never],
    });
    await fc.assert(
      fc.asyncProperty(hostile(eventOf()), fc.boolean(), async (text, tidy) => {
        n += 1;
        // An attacker with a till's key writes the canonical form as well.
        const bytes = tidy ? (canonicalOf(text) ?? text) : text;
        const health = { build: 'test', unsent: 0, oldestUnsentAt: null, persisted: true };
        const raw = JSON.stringify({ protocol: 1, run: `run-0`, events: [bytes], patches: [], programs: [], health });
        const { status, text: said } = await ask(world, {
          name: 'POST /sync/push',
          caller: 'device',
          own: a,
          target: a,
          raw,
        });
        expect(status, said).toBe(200);
        expect((JSON.parse(said) as PushAnswer).results.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: RUNS },
    );
    await expectReadable(world);
    const check = await ask(world, { name: 'POST /office/api/balances/check', caller: 'office', own: a, target: a });
    expect(check.text).toContain('"fault":null');
    expect(check.text).toContain('"differing":0');
  });
});

describe('what is nested deeper than any stack', () => {
  const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
  const health = { build: 'test', unsent: 0, oldestUnsentAt: null, persisted: true };
  const hash = 'a'.repeat(64);
  const rule = (when: string) =>
    `{"id":"r","name":{},"on":{"kind":"sale"},"who":null,"when":${when},"do":[],"limits":[],"stacking":null,"active":null}`;
  const program = (when: string) =>
    `{"v":1,"units":[],"rewards":[],"tiers":[],"products":[],"rules":[${rule(when)}],"policies":{},"secret":""}`;
  const expression = (depth: number) => `${'{"op":"not","of":'.repeat(depth)}1${'}'.repeat(depth)}`;

  it.each([
    ['lists', nested(32_000, '[', ']')],
    ['objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['a fact', `{"fact":${nested(31_000, '[', ']')},"prev":"${ZERO_HASH}","seq":1,"v":1}`],
  ])('in an event, %s, is kept aside', async (_, bytes) => {
    const world = await openWorld();
    const { a } = world;
    const raw = JSON.stringify({ protocol: 1, run: 'run-1', events: [bytes], patches: [], programs: [], health });
    const { status, text } = await ask(world, { name: 'POST /sync/push', caller: 'device', own: a, target: a, raw });
    expect(status, text).toBe(200);
    expect((JSON.parse(text) as PushAnswer).results).toMatchObject([{ result: 'quarantined' }]);
  });

  it('in a program that a till brings, is refused', async () => {
    const world = await openWorld();
    const { a } = world;
    const versions = `[{"hash":"${hash}","publishedAt":0,"program":${program(expression(20_000))}}]`;
    const push = `{"protocol":1,"run":"run-1","events":[],"patches":[],"programs":${versions},"health":${JSON.stringify(health)}}`;
    const offer = `{"protocol":1,"known":[],"admissions":[],"programs":${versions},"profiles":[]}`;
    for (const [name, raw] of [
      ['POST /sync/push', push],
      ['POST /sync/offer', offer],
    ] as const) {
      const { status, text } = await ask(world, { name, caller: 'device', own: a, target: a, raw });
      expect(status, text).toBe(400);
    }
  });

  it('in what the office sends, is refused', async () => {
    const world = await openWorld();
    const { a } = world;
    const raw = `{"program":${program(expression(12_000))},"basis":""}`;
    const call = { name: 'POST /office/api/program/publish', caller: 'office', own: a, target: a, raw } as const;
    expect((await ask(world, call)).status).toBe(400);
  });
});

function canonicalOf(text: string): string | null {
  try {
    return canonical(JSON.parse(text));
  } catch {
    return null;
  }
}
