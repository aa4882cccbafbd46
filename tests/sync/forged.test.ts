import { expect, it } from 'vitest';
import type { Fact } from '../../src/loyalty/facts.ts';
import { signText } from '../../src/protocol/deviceProof.ts';
import { writeJournal } from '../../src/protocol/journal.ts';
import { createVerifier } from '../../src/server/http/verifier.ts';
import { TEST_SHOP } from '../../src/server/testing/testShop.ts';
import { loadJournal } from '../../src/server/usecases/office/loadJournal.ts';
import type { SimTill } from './simTill.ts';
import { startTestServer, type TestServer } from './testServer.ts';

const sale: Fact = { kind: 'sale', total: 900, lines: [], hour: 10, external: null };

/** A file signed with a key of somebody's own, as whoever it names could not have written it. */
async function forgedFile(till: SimTill, device: string, events: readonly string[]): Promise<string> {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  const about = { format: 'regulars-till-journal', v: 1, business: TEST_SHOP, device, name: 'Till' } as const;
  const head = { ...about, location: 'counter', publicKey: { x, y }, build: 'sim', exportedAt: 1 };
  return writeJournal(head, [{ run: till.run, events, patches: [] }], [], (text) => signText(keys.privateKey, text));
}

async function places(server: TestServer) {
  const [events, quarantine] = await Promise.all([
    server.deps.db.selectFrom('events').select(['device', 'run', 'seq']).execute(),
    server.deps.db.selectFrom('quarantine').select(['device', 'run', 'seq']).execute(),
  ]);
  return [...events, ...quarantine].map(({ device, run, seq }) => `${device}/${run}/${seq}`);
}

it('takes from no till what only the server says: that something is forgiven, or kept for a phone', async () => {
  const server = await startTestServer();
  const till = await server.till(1);
  till.record('anna', sale);
  till.record('anna', { kind: 'forgiven', target: 'any', reason: null });
  const kept = { kind: 'reserved', reservation: 'ab', reward: 'card-reward', voucher: null, due: null } as const;
  till.record('anna', { ...kept, from: 0, until: Number.MAX_SAFE_INTEGER });
  const { results } = await till.push();
  expect(results).toEqual([2, 3].map((seq) => ({ seq, result: 'quarantined', code: 'unknownKind' })));
  expect(await server.member('anna')).not.toHaveProperty('holds');
});

it('loads no file that says to be the server itself', async () => {
  const server = await startTestServer();
  const till = await server.till(1);
  till.record('anna', sale);
  await till.push();
  const other = await server.till(2);
  other.record('anna', { kind: 'erased' }, { change: (event) => ({ ...event, device: 'server', staff: null }) });
  const before = await server.dump();
  const file = await forgedFile(other, 'server', other.events);
  expect(await loadJournal(server.deps, TEST_SHOP, file, createVerifier())).toEqual({
    ok: false,
    problem: 'notAJournal',
  });
  expect(await server.dump()).toBe(before);
});

it('stores an event that cannot be booked in one place only', async () => {
  const server = await startTestServer();
  const till = await server.till(1);
  const share = `free:day/business/day/2026-03-02/${till.device}`;
  const told = [{ rule: 'free', kind: 'share', share, move: 'used', n: 1 }] as const;
  till.record('anna', sale, { change: (event) => ({ ...event, program: 'f'.repeat(64), told }) });
  till.record('anna', sale);
  expect(await till.push()).toMatchObject({ storedThrough: 2 });
  const all = await places(server);
  expect(all).toHaveLength(2);
  expect(new Set(all).size).toBe(2);
  expect((await server.deps.db.selectFrom('businesses').select('head').executeTakeFirstOrThrow()).head).toBe(
    (await server.deps.db.selectFrom('events').select('gseq').execute()).length,
  );
});
