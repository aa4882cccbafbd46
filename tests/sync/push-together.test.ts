import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { PROTOCOL_VERSION } from '../../src/protocol/sync.ts';
import { forBusiness } from '../../src/server/store/connection/context.ts';
import { TEST_SHOP } from '../../src/server/testing/testShop.ts';
import { type Delivery } from '../../src/server/ledger/storePushes.ts';
import { push } from '../../src/server/usecases/push.ts';
import { cases } from './cases.ts';
import type { SimTill } from './simTill.ts';
import { startTestServer, type TestServer } from './testServer.ts';

const TILLS = 4;
const MEMBERS = ['anna', 'bela', 'cili'];
const line = { product: null, category: 'coffee', quantity: 1, amount: 900, given: false };
const sale = { kind: 'sale', total: 900, lines: [line], hour: 10, external: null } as const;

interface Act {
  readonly till: number;
  readonly member: number;
  readonly kind: 'sale' | 'card' | 'enroll' | 'void' | 'redeem' | 'broken' | 'patch' | 'again';
}

const act: fc.Arbitrary<Act> = fc.record({
  till: fc.nat(TILLS - 1),
  member: fc.nat(MEMBERS.length - 1),
  kind: fc.constantFrom('sale', 'card', 'enroll', 'void', 'redeem', 'broken', 'patch', 'again'),
});

function record(till: SimTill, { member, kind }: Act, last: Map<number, string>): void {
  const id = MEMBERS[member] ?? '';
  const credential = { kind: 'static', id: `card${member}` } as const;
  if (kind === 'sale') last.set(member, till.record(id, sale));
  else if (kind === 'card') till.record(`card:${credential.id}`, sale, { credential });
  else if (kind === 'enroll') {
    till.record(`${id} of ${till.run}`, { kind: 'enrolled', via: 'till' }, { credential });
  } else if (kind === 'void') till.record(id, { kind: 'voided', target: last.get(member) ?? 'nothing', reason: null });
  else if (kind === 'redeem') {
    till.record(id, { kind: 'redeemed', reward: 'gift', voucher: 'full/1', due: null, approvedBy: null });
  } else if (kind === 'broken') till.recordRaw(`{"broken":${till.seq}}`);
  else if (kind === 'patch') till.patch(id, { name: `Name ${till.patches.length}` });
}

function deliveryOf(till: SimTill, again: boolean): Delivery {
  const { run, patches, programs } = till;
  const events = till.events.slice(again ? 0 : till.storedThrough);
  const health = { build: 'sim', unsent: 0, oldestUnsentAt: null, persisted: true };
  return { protocol: PROTOCOL_VERSION, run, events, patches, programs, health };
}

/** Rows of the ledger, but for `rev`: what two pushes change of one document is one change where they go together. */
async function rowsOf({ deps: { db } }: TestServer): Promise<unknown> {
  const documents = await db.selectFrom('documents').selectAll().orderBy('kind').orderBy('id').execute();
  const profiles = await db.selectFrom('profiles').selectAll().orderBy('member').execute();
  return {
    events: await db.selectFrom('events').selectAll().orderBy('gseq').execute(),
    members: await db.selectFrom('members').selectAll().orderBy('member').execute(),
    streams: await db.selectFrom('streams').selectAll().orderBy('device').orderBy('run').execute(),
    quarantine: await db.selectFrom('quarantine').selectAll().orderBy('device').orderBy('seq').execute(),
    documents: documents.map(({ rev: _rev, ...row }) => row),
    profiles: profiles.map(({ rev: _rev, ...row }) => row),
    head: (await db.selectFrom('businesses').select(['head', 'chain']).execute())[0],
  };
}

/** One history on a server of its own; in each round every till brings what it has. */
async function play(rounds: readonly (readonly Act[])[], together: boolean) {
  const server = await startTestServer();
  const { deps } = server;
  let transactions = 0;
  const counting = {
    ...deps,
    db: new Proxy(deps.db, {
      get: (db, name) => {
        if (name === 'transaction') transactions += 1;
        const value: unknown = Reflect.get(db, name);
        return typeof value === 'function' ? value.bind(db) : value;
      },
    }),
  };
  const tills: SimTill[] = [];
  for (let seed = 1; seed <= TILLS; seed++) tills.push(await server.till(seed));
  const devices = await deps.db.selectFrom('devices').selectAll().execute();
  const last = new Map<number, string>();
  const told: unknown[] = [];
  for (const round of rounds) {
    for (const one of round) record(tills[one.till] as SimTill, one, last);
    const send = (till: SimTill) => async () => {
      const device = devices.find((one) => one.device === till.device);
      if (device === undefined) throw new Error('a till without a device');
      const again = round.some((one) => one.kind === 'again' && tills[one.till] === till);
      const answer = await forBusiness(TEST_SHOP, () => push(counting, device, deliveryOf(till, again)));
      till.storedThrough = answer.storedThrough;
      // How far the ledger is by then depends on who went with whom.
      const { head: _head, ...rest } = answer;
      return rest;
    };
    if (together) told.push(await Promise.all(tills.map((till) => send(till)())));
    else {
      const answers: unknown[] = [];
      for (const till of tills) answers.push(await send(till)());
      told.push(answers);
    }
  }
  const rows = await rowsOf(server);
  await deps.db.destroy();
  return { rows, told, transactions };
}

it('pushes that are stored together leave exactly what they leave one after the other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(act, { maxLength: 10 }), { minLength: 1, maxLength: 4 }), async (rounds) => {
      const together = await play(rounds, true);
      const alone = await play(rounds, false);
      expect(together.told).toEqual(alone.told);
      expect(together.rows).toEqual(alone.rows);
      // The first one goes at once, the other three together.
      expect(alone.transactions).toBe(rounds.length * TILLS);
      expect(together.transactions).toBe(rounds.length * 2);
    }),
    { numRuns: cases(40) },
  );
});
