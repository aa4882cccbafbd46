import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/loyalty/facts.ts';
import { getDocument, listDocuments, putDocument } from '../../src/server/store/documents.ts';
import { readMember } from '../../src/server/store/members.ts';
import { TEST_SHOP } from '../../src/server/testing/testShop.ts';
import { recordServerEvents } from '../../src/server/usecases/recordServerEvents.ts';
import { startTestServer } from './testServer.ts';

const sale: Fact = { kind: 'sale', total: 900, lines: [], hour: 10, external: null };
const enrolled: Fact = { kind: 'enrolled', via: 'till' };
const CARD = 'c'.repeat(32);
const card = { kind: 'static', id: CARD } as const;

describe('cards', () => {
  it('a genuine card that nobody knows gets a member, once', async () => {
    const server = await startTestServer();
    const [a, b] = [await server.till(1), await server.till(2)];
    a.record(`card:${CARD}`, sale, { credential: card });
    b.record(`card:${CARD}`, sale, { credential: card });
    const answer = await a.push();
    expect(answer.results).toEqual([{ seq: 1, result: 'flagged', codes: ['unknownCard'] }]);
    expect((await b.push()).results).toEqual([]);
    const [known] = await listDocuments(server.deps.db, TEST_SHOP, 'credential');
    expect(known).toMatchObject({ id: CARD, kind: 'static', revoked: false });
    const members = await server.members();
    expect([...members.keys()]).toEqual([known?.member]);
    expect(members.get(known?.member ?? '')?.lots).toHaveLength(2);
    expect(members.get(known?.member ?? '')?.credentials[CARD]).toEqual({ kind: 'static', revoked: false });
  });

  it('a card handed out at one till and used at another before it was known is one person', async () => {
    const server = await startTestServer();
    const [a, b] = [await server.till(1), await server.till(2)];
    a.patch('anna', { name: 'Anna', phone: '+36201234567' });
    a.record('anna', enrolled, { credential: card });
    a.record('anna', sale, { credential: card });
    b.record(`card:${CARD}`, sale, { credential: card });
    await b.push();
    await a.push();
    await a.pull();
    await b.pull();
    const read = await readMember(server.deps.db, TEST_SHOP, 'anna');
    expect([...(await server.members()).keys()]).toEqual([read?.member]);
    expect(read?.state.lots).toHaveLength(2);
    expect(read?.state.aliases).toEqual(['anna']);
    expect(await getDocument(server.deps.db, TEST_SHOP, 'profile', read?.member ?? '')).toMatchObject({ name: 'Anna' });
    expect(a.view('anna')).toEqual(read?.state);
    a.record('anna', sale);
    await a.push();
    expect((await readMember(server.deps.db, TEST_SHOP, 'anna'))?.state.lots).toHaveLength(3);
  });

  it('a revoked card still earns, and the owner sees it', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    till.record('anna', enrolled, { credential: card });
    till.record('anna', { kind: 'credentialRevoked', credential: CARD, reason: 'lost' });
    till.record('anna', sale, { credential: card });
    const answer = await till.push();
    expect(answer.results).toEqual([{ seq: 3, result: 'flagged', codes: ['revokedCredential'] }]);
    expect(await getDocument(server.deps.db, TEST_SHOP, 'credential', CARD)).toMatchObject({ revoked: true });
    expect(await server.exceptions()).toMatchObject([{ kind: 'revokedCredential', device: till.device }]);
  });
});

describe('profiles', () => {
  it('take each patch once and in order, and stay erased', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    till.patch('anna', { name: 'Anna' });
    till.patch('anna', { phone: '+36201234567' });
    expect((await till.push()).patchesThrough).toBe(2);
    expect((await till.push()).patchesThrough).toBe(2);
    const read = () => getDocument(server.deps.db, TEST_SHOP, 'profile', 'anna');
    expect(await read()).toMatchObject({ name: 'Anna', phone: '+36201234567' });
    await putDocument(server.deps.db, TEST_SHOP, { kind: 'profile', id: 'anna', data: null });
    till.patch('anna', { name: 'Anna again' });
    expect((await till.push()).patchesThrough).toBe(3);
    expect(await read()).toBeNull();
    await till.pull();
    expect(till.documents.get('profile/anna')?.data).toBeNull();
  });
});

describe('the server own events', () => {
  it('are a run of their own, booked like all others; a merge joins two members and an unmerge parts them', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    till.record('anna', enrolled);
    till.record('anna', sale);
    till.record('annie', enrolled);
    till.record('annie', sale);
    await till.push();
    const [merge] = await recordServerEvents(server.deps, TEST_SHOP, [
      { member: 'anna', fact: { kind: 'merged', other: 'annie' }, staff: 'barista' },
    ]);
    expect(merge).toMatchObject({ gseq: 5, member: 'anna' });
    till.record('annie', sale);
    await till.push();
    await till.pull();
    const joined = await readMember(server.deps.db, TEST_SHOP, 'annie');
    expect(joined?.member).toBe('anna');
    expect(joined?.state.lots.reduce((sum, lot) => sum + lot.left, 0)).toBe(3);
    expect(till.view('anna')).toEqual(joined?.state);

    await recordServerEvents(server.deps, TEST_SHOP, [
      { member: 'anna', fact: { kind: 'unmerged', other: 'annie' }, staff: 'barista' },
    ]);
    const parted = await readMember(server.deps.db, TEST_SHOP, 'annie');
    expect(parted?.member).toBe('annie');
    expect(parted?.state.lots.reduce((sum, lot) => sum + lot.left, 0)).toBe(1);
    const stays = await readMember(server.deps.db, TEST_SHOP, 'anna');
    expect(stays?.state.lots.reduce((sum, lot) => sum + lot.left, 0)).toBe(2);
  });
});
