import { expect, it } from 'vitest';
import { canonical } from '../../src/protocol/canonical.ts';
import { signText } from '../../src/protocol/deviceProof.ts';
import { ZERO_HASH } from '../../src/protocol/hash.ts';
import { JOURNAL_FORMAT, writeJournal } from '../../src/protocol/journal.ts';
import { ask } from './ask.ts';
import { dumpStore, rowsOf } from './dump.ts';
import { openWorld, type Tenant, type World } from './world.ts';

/** A till's file, signed with a key that somebody made for it. */
async function forged({ a }: World, business: Tenant, device: string): Promise<string> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const event = {
    v: 1,
    id: 'forged-event',
    business: business.id,
    location: business.location,
    device,
    run: 'forged',
    seq: 1,
    prev: ZERO_HASH,
    at: 0,
    skew: 0,
    day: '2026-03-02',
    basis: { epoch: 'none', gseq: 0 },
    engine: 1,
    staff: null,
    member: a.member,
    credential: null,
    program: ZERO_HASH,
    fact: { kind: 'erased' },
    told: [],
  };
  const about = { format: JOURNAL_FORMAT, v: 1, business: business.id, device, name: 'Till', location: 'x' } as const;
  const head = { ...about, publicKey: { x, y }, build: 'x', exportedAt: 0 };
  const runs = [{ run: 'forged', events: [canonical(event)], patches: [] }];
  return writeJournal(head, runs, [], (text) => signText(pair.privateKey, text));
}

const load = (world: World, own: Tenant, file: string) =>
  ask(world, {
    name: 'POST /office/api/tills/journal',
    caller: 'office',
    own,
    target: own,
    raw: JSON.stringify({ file }),
  });

it('a file cannot speak for the server, which alone erases, merges and grants', async () => {
  const world = await openWorld();
  const before = rowsOf(await dumpStore(world.deps));
  expect((await load(world, world.a, await forged(world, world.a, 'server'))).status).toBe(422);
  expect(rowsOf(await dumpStore(world.deps))).toEqual(before);
});

it("a file cannot speak for a till with another key, nor for another shop's", async () => {
  const world = await openWorld();
  const { a, b, deps } = world;
  const before = rowsOf(await dumpStore(deps), a.id);
  expect((await load(world, a, await forged(world, a, a.device.id))).text).toContain('changed');
  expect((await load(world, b, await forged(world, a, a.device.id))).text).toContain('otherShop');
  // In the own shop it may claim any id: it stays there, and reaches no device of that name elsewhere.
  await load(world, b, await forged(world, b, a.device.id));
  expect(rowsOf(await dumpStore(deps), a.id)).toEqual(before);
});
