import { expect, it } from 'vitest';
import type { Fact } from '../../src/loyalty/facts.ts';
import { canonical } from '../../src/protocol/canonical.ts';
import { retryQuarantine } from '../../src/server/usecases/retryQuarantine.ts';
import { startTestServer } from './testServer.ts';

const sale: Fact = { kind: 'sale', total: 900, lines: [], hour: 10, external: null };

it('is tried again when the server starts: what a newer version understands gets its place, once', async () => {
  const server = await startTestServer();
  const till = await server.till(1);
  till.record('anna', sale);
  till.record('anna', { kind: 'teleported' } as unknown as Fact);
  till.record('anna', sale);
  await till.push();
  expect(await retryQuarantine(server.deps)).toBe(0);

  // As if the second one had been a sale that an older server did not know: the same row, readable now.
  const readable = till.events[1]?.replace('{"kind":"teleported"}', JSON.stringify({ ...sale, kind: 'sale' })) ?? '';
  const fact = '"fact":{"external":null,"hour":10,"kind":"sale","lines":[],"total":900}';
  const bytes = readable.replace(/"fact":\{.*?\}/, fact);
  await server.deps.db.updateTable('quarantine').set({ bytes }).execute();
  expect(await retryQuarantine(server.deps)).toBe(1);
  expect(await retryQuarantine(server.deps)).toBe(0);
  const stored = await server.deps.db.selectFrom('events').select(['gseq', 'seq']).orderBy('gseq').execute();
  expect(stored).toEqual([
    { gseq: 1, seq: 1 },
    { gseq: 2, seq: 3 },
    { gseq: 3, seq: 2 },
  ]);
  expect((await server.member('anna'))?.days['2026-03-02']?.visits).toBe(3);
  till.record('anna', sale);
  expect((await till.push()).storedThrough).toBe(4);
});

it('is tried to its end, however much of it stays unreadable', async () => {
  const server = await startTestServer();
  const till = await server.till(1);
  for (let n = 0; n < 501; n++) till.record('anna', { kind: 'teleported' } as unknown as Fact);
  while (till.storedThrough < 501) await till.push();
  const last = till.events.at(-1)?.replace(/"fact":\{.*?\}/, `"fact":${canonical(sale)}`) ?? '';
  await server.deps.db.updateTable('quarantine').set({ bytes: last }).where('seq', '=', 501).execute();
  expect(await retryQuarantine(server.deps)).toBe(1);
});

it('does not let a till stand still behind what broke in its own store', async () => {
  const server = await startTestServer();
  const till = await server.till(1);
  for (let i = 0; i < 5; i++) till.record('anna', sale);
  // Damaged on the tablet; the event behind them still names the hash from before.
  till.events[1] = till.events[1]?.slice(0, 40) ?? '';
  till.events[2] = '';
  till.events[3] = '';
  const answer = await till.push();
  expect(answer.storedThrough).toBe(5);
  expect(answer.results).toEqual([
    { seq: 2, result: 'quarantined', code: 'unreadable' },
    { seq: 3, result: 'quarantined', code: 'unreadable' },
    { seq: 4, result: 'quarantined', code: 'unreadable' },
  ]);
  expect(await server.exceptions()).toEqual([]);
  till.storedThrough = 0;
  till.record('anna', sale);
  await till.push();
  await till.push();
  expect(till.storedThrough).toBe(6);
});
