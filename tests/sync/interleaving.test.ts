import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from '../../src/loyalty/apply.ts';
import { emptyState } from '../../src/loyalty/emptyState.ts';
import type { Fact } from '../../src/loyalty/facts.ts';
import type { MemberState } from '../../src/loyalty/state.ts';
import { chainHash, ZERO_HASH } from '../../src/protocol/hash.ts';
import { admittedOf } from '../../src/server/ledger/admittedOf.ts';
import { cases } from './cases.ts';
import type { SimTill } from './simTill.ts';
import { startTestServer, type TestServer } from './testServer.ts';

type Step =
  | { readonly do: 'sale' | 'redeem' | 'void' | 'card' | 'raw'; readonly till: 0 | 1; readonly pick: number }
  | { readonly do: 'push' | 'lostPush' | 'again' | 'pull'; readonly till: 0 | 1; readonly pick: number };

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.oneof(
    { weight: 6, arbitrary: fc.constant('sale' as const) },
    { weight: 2, arbitrary: fc.constantFrom('redeem' as const, 'void' as const) },
    { weight: 1, arbitrary: fc.constantFrom('card' as const, 'raw' as const) },
    { weight: 3, arbitrary: fc.constantFrom('push' as const, 'lostPush' as const, 'again' as const, 'pull' as const) },
  ),
  till: fc.constantFrom(0 as const, 1 as const),
  pick: fc.nat(1000),
});

const sale: Fact = { kind: 'sale', total: 900, lines: [], hour: 10, external: null };
const MEMBERS = ['anna', 'bela'] as const;
const CARD = 'c'.repeat(32);

async function run(till: SimTill, { do: what, pick }: Step, past: string[]): Promise<void> {
  const member = MEMBERS[pick % 2] ?? 'anna';
  switch (what) {
    case 'sale':
      // Several at once, so that cards fill up and gifts come into play.
      for (let i = 0; i <= pick % 4; i++) past.push(till.record(member, sale));
      return;
    case 'card':
      past.push(till.record(`card:${CARD}`, sale, { credential: { kind: 'static', id: CARD } }));
      return;
    case 'redeem': {
      // A voucher that this till sees, or one that it has only heard of.
      const open = till.view(member).vouchers.find(({ status }) => status === 'open')?.id ?? 'full/1';
      past.push(till.record(member, { kind: 'redeemed', reward: 'gift', voucher: open, due: null, approvedBy: null }));
      return;
    }
    case 'void': {
      const target = past[pick % Math.max(1, past.length)];
      if (target) till.record(member, { kind: 'voided', target, reason: null });
      return;
    }
    case 'raw':
      return till.recordRaw(`broken ${till.device} ${till.seq}`);
    case 'push':
      await till.push({ upTo: till.storedThrough + 1 + (pick % 5) });
      return;
    case 'lostPush':
      await till.push({ lose: true });
      return;
    case 'again':
      await till.push({ from: Math.max(0, till.storedThrough - (pick % 7)) });
      return;
    case 'pull':
      return till.pull();
  }
}

/** State is the fold of what was booked, the order has no hole, the chain holds, and every till sees the same. */
async function checkLaws(server: TestServer, tills: readonly SimTill[]): Promise<void> {
  const rows = await server.deps.db.selectFrom('events').selectAll().orderBy('gseq').execute();
  const folded = new Map<string, MemberState>();
  let chain = ZERO_HASH;
  for (const [at, row] of rows.entries()) {
    const { gseq, hash, member, booked } = admittedOf(row);
    expect(gseq).toBe(at + 1);
    chain = chainHash(chain, hash);
    expect(row.chain).toBe(chain);
    if (member !== null) folded.set(member, apply(folded.get(member) ?? emptyState(), booked));
  }
  const members = await server.members();
  expect(folded).toEqual(members);
  const kept = await server.deps.db.selectFrom('quarantine').select(['device', 'seq']).execute();
  for (const till of tills) {
    const own = rows.filter(({ device }) => device === till.device).map(({ seq, bytes }) => [seq, bytes] as const);
    const broken = kept.filter(({ device }) => device === till.device).map(({ seq }) => seq);
    // Exactly what it recorded, each once.
    expect([...own.map(([seq]) => seq), ...broken].sort((a, b) => a - b)).toEqual(till.events.map((_, at) => at + 1));
    for (const [seq, bytes] of own) expect(bytes).toBe(till.events[seq - 1]);
    for (const [member, state] of members) expect(till.view(member)).toEqual(state);
  }
}

/** Every overdraft has exactly one exception, and no exception is without one. */
async function checkExceptions(server: TestServer): Promise<void> {
  const rows = await server.deps.db.selectFrom('events').selectAll().execute();
  const overdrawn = rows.filter(({ booked }) => booked.includes('"kind":"overdraw"')).map(({ id }) => id);
  const raised = (await server.exceptions()).filter(({ kind }) => kind === 'doubleRedemption');
  expect(raised.map(({ event }) => event).sort()).toEqual(overdrawn.sort());
}

describe('two tills, any order of recording, sending, losing and pulling', () => {
  it('end with one ledger that holds everything once, and see the same', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 45 }), async (steps) => {
        const server = await startTestServer();
        const tills = [await server.till(1), await server.till(2)] as const;
        const past: string[] = [];
        for (const one of steps) {
          server.deps.clock.advance(20 * 60_000);
          await run(tills[one.till], one, past);
        }
        for (const till of tills) await till.pushAll();
        for (const till of tills) await till.pull();
        await checkLaws(server, tills);
        await checkExceptions(server);
        const before = await server.dump();
        for (const till of tills) await till.push({ from: 0 });
        expect((await server.dump()) === before).toBe(true);
        await server.deps.db.destroy();
      }),
      { numRuns: cases(40) },
    );
  });
});
