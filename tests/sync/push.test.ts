import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/loyalty/facts.ts';
import { points } from '../../src/loyalty/presets.ts';
import type { Event } from '../../src/protocol/event.ts';
import { programHash } from '../../src/protocol/hash.ts';
import type { SimTill } from './simTill.ts';
import { startTestServer } from './testServer.ts';

const sale: Fact = { kind: 'sale', total: 900, lines: [], hour: 10, external: null };
const enrolled: Fact = { kind: 'enrolled', via: 'till' };

function stamps(till: SimTill, member: string, n: number): void {
  for (let i = 0; i < n; i++) till.record(member, sale);
}

describe('push', () => {
  it('stores what a till brings, in order, and tells how far', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    till.record('anna', enrolled);
    stamps(till, 'anna', 3);
    till.record(null, sale);
    const answer = await till.push();
    expect(answer).toMatchObject({ storedThrough: 5, storedHash: till.prev, results: [], head: 5 });
    expect(answer.need.programs).toEqual([]);
    expect((await server.member('anna'))?.lots.reduce((sum, lot) => sum + lot.left, 0)).toBe(3);
  });

  it('changes nothing, however often the same batch comes', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    till.patch('anna', { name: 'Anna' });
    till.record('anna', enrolled);
    stamps(till, 'anna', 12);
    till.recordRaw('{"not":"an event"}');
    till.record('anna', { kind: 'redeemed', reward: 'gift', voucher: 'full/1', due: null, approvedBy: null });
    await till.push({ lose: true });
    const before = await server.dump();
    for (let again = 0; again < 4; again++) {
      server.deps.clock.advance(60_000);
      const answer = await till.push({ from: again });
      expect(answer.storedThrough).toBe(15);
      expect(new Set(answer.results.map(({ result }) => result))).toEqual(new Set(['duplicate', 'quarantined']));
    }
    expect((await server.dump()) === before).toBe(true);
  });

  it('takes the part of a batch that is new when an answer was lost', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    stamps(till, 'anna', 4);
    await till.push({ lose: true });
    stamps(till, 'anna', 3);
    const answer = await till.push();
    expect(answer.storedThrough).toBe(7);
    expect(answer.results.filter(({ result }) => result === 'duplicate').map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect((await server.member('anna'))?.days['2026-03-02']?.visits).toBe(7);
  });

  it('stores nothing behind a gap and says where to go on', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    stamps(till, 'anna', 6);
    await till.push({ upTo: 2 });
    const answer = await till.sendEvents(till.events.slice(3));
    expect(answer.storedThrough).toBe(2);
    expect(answer.results).toEqual([{ seq: 4, result: 'gap' }]);
    // What cannot say where it belongs does not slip in behind the gap either.
    const broken = await till.sendEvents([...till.events.slice(3), 'broken']);
    expect(broken.results).toEqual([{ seq: 4, result: 'gap' }]);
    expect(broken.storedThrough).toBe(2);
    expect((await till.push()).storedThrough).toBe(6);
  });

  it('takes back a sale that came in the same batch', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    const target = till.record('anna', sale);
    till.record('anna', { kind: 'voided', target, reason: null });
    await till.push();
    expect(await server.member('anna')).toMatchObject({ lots: [], waiting: [], days: {} });
    await till.pull();
    expect(till.view('anna')).toEqual(await server.member('anna'));
  });

  it('answers 413 where a batch is too large, and keeps nothing of it', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    const body = JSON.stringify({ events: ['x'.repeat(4_000_000)] });
    expect((await till.request('POST', '/sync/push', body)).status).toBe(413);
    till.recordRaw('y'.repeat(1_200_000));
    await expect(till.push()).rejects.toThrow('413');
    expect((await till.sendEvents([])).storedThrough).toBe(0);
  });

  it('keeps what it cannot read as it came, and goes on behind it', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    till.record('anna', sale);
    till.recordRaw('not json at all');
    till.record('anna', sale, { change: (event) => ({ ...event, business: 'another' }) });
    till.record('anna', sale, { change: (event) => ({ ...event, device: 'another' }) });
    till.record('anna', { kind: 'teleported', to: 'Mars' } as unknown as Fact);
    till.recordRaw(` ${till.events[0]}`);
    till.record('anna', sale);
    const answer = await till.push();
    expect(answer.storedThrough).toBe(7);
    expect(answer.results).toEqual([
      { seq: 2, result: 'quarantined', code: 'unreadable' },
      { seq: 3, result: 'quarantined', code: 'foreignBusiness' },
      { seq: 4, result: 'quarantined', code: 'foreignDevice' },
      { seq: 5, result: 'quarantined', code: 'unknownKind' },
      { seq: 6, result: 'quarantined', code: 'notCanonical' },
    ]);
    const kept = await server.deps.db.selectFrom('quarantine').select(['seq', 'bytes']).orderBy('seq').execute();
    expect(kept).toEqual([2, 3, 4, 5, 6].map((seq) => ({ seq, bytes: till.events[seq - 1] })));
    expect((await server.member('anna'))?.days['2026-03-02']?.visits).toBe(2);
  });

  it('books what was told where nobody has the program, and asks for it', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    const lost = 'f'.repeat(64);
    till.record('anna', sale, { change: (event) => ({ ...event, program: lost }) });
    const answer = await till.push();
    expect(answer.need.programs).toEqual([lost]);
    expect(answer.results).toEqual([{ seq: 1, result: 'flagged', codes: ['unknownProgram'] }]);
    expect((await server.member('anna'))?.lots).toHaveLength(1);
  });

  it('takes a lost program from a till, if it is what its name says, and books by it from then on', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    const program = points({ scale: 0, give: 1, per: 100 });
    const hash = programHash(program);
    const byIt = { change: (event: Event): Event => ({ ...event, program: hash, told: [] }) };
    till.record('anna', sale, byIt);
    expect((await till.push()).need.programs).toEqual([hash]);
    till.programs = [{ hash, publishedAt: 1, program: { ...program, secret: 'forged' } }];
    till.record('anna', sale, byIt);
    expect((await till.push()).need.programs).toEqual([hash]);
    till.programs = [{ hash, publishedAt: 1, program }];
    till.record('anna', sale, byIt);
    expect((await till.push()).need.programs).toEqual([]);
    // 900 forints, a point for each hundred; what was told before (nothing) stands.
    expect((await server.member('anna'))?.lots.map(({ unit, left }) => [unit, left])).toEqual([['points', 9]]);
  });

  it('settles the day: never after the arrival, never before what the till had seen', async () => {
    const server = await startTestServer();
    const till = await server.till(1);
    till.record('anna', sale, { change: (event) => ({ ...event, day: '2027-01-01', skew: 3_600_000 }) });
    await till.push();
    await till.pull();
    till.record('anna', sale, { change: (event) => ({ ...event, day: '2020-01-01' }) });
    const answer = await till.push();
    expect(answer.results).toEqual([{ seq: 2, result: 'flagged', codes: ['dayClamped'] }]);
    await till.pull();
    expect(till.admitted.map((one) => [one.day, one.flags])).toEqual([
      ['2026-03-02', ['clockOff', 'dayClamped']],
      ['2026-03-02', ['dayClamped']],
    ]);
  });
});
