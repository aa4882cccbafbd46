import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Effect } from '../../src/loyalty/effects.ts';
import { both } from '../../src/loyalty/presets.ts';
import type { Limit, Program } from '../../src/loyalty/program.ts';
import { foldShare, readPool, readShare, type SharePool } from '../../src/loyalty/limits/shares.ts';
import { shareEffects } from '../../src/loyalty/limits/shareUse.ts';
import { grantAllShares } from '../../src/server/jobs/shareJob.ts';
import { listDocuments } from '../../src/server/store/documents.ts';
import { revokeDevice } from '../../src/server/usecases/pair.ts';
import { cases } from './cases.ts';
import { coffee, scan, syncAll } from './acts.ts';
import { networkOf, pass, type Passing, type Story, tabletOf } from './story.ts';
import { BUSINESS, makeWorld, type Tablet, type World } from './world.ts';

const TILLS = 3;
const REWARDS = 5;
const EARLY = 4;
const PER_TILL = 3;
const perDay = (n: number, per: Limit['per']): Limit => ({ n, per, window: { kind: 'calendar', of: 'day' } });

/** A coffee for points: five a day in the shop, three a day at each till. And points for the first four sales of the week. */
const base = both({ scale: 0, takes: 3, giftIsLast: false });
const program: Program = {
  ...base,
  rewards: base.rewards.map((reward) =>
    reward.id === 'coffee' ? { ...reward, limits: [perDay(REWARDS, 'business'), perDay(PER_TILL, 'device')] } : reward,
  ),
  rules: [
    ...base.rules,
    {
      id: 'early',
      name: { en: 'Early' },
      on: { kind: 'sale' },
      who: null,
      when: null,
      do: [{ kind: 'credit', unit: 'points', amount: { kind: 'fixed', n: 7 } }],
      limits: [{ n: EARLY, per: 'business', window: { kind: 'calendar', of: 'week' } }],
      stacking: null,
      active: null,
    },
  ],
};
const MOST: Readonly<Record<string, number>> = { 'reward:coffee/business': REWARDS, 'early/business': EARLY };

type Act =
  | { readonly do: 'sell' | 'redeem'; readonly till: number; readonly who: number }
  | { readonly do: 'undo'; readonly till: number; readonly back: number }
  | Passing
  | { readonly do: 'grant' | 'nextDay' | 'backup' | 'restore' | 'revoke'; readonly till: number };

const till = fc.nat(TILLS - 1);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('sell' as const), till, who: fc.nat(1) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('redeem' as const), till, who: fc.nat(1) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('undo' as const), till, back: fc.nat(3) }) },
  {
    weight: 3,
    arbitrary: networkOf(till),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('sync' as const), till }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('restart' as const, 'nextDay' as const), till }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('grant' as const, 'backup' as const), till }) },
);
const restore: fc.Arbitrary<Act> = fc.record({ do: fc.constant('restore' as const), till });
const revoke: fc.Arbitrary<Act> = fc.record({ do: fc.constant('revoke' as const), till: fc.constant(TILLS - 1) });

interface Told extends Story {
  readonly devices: readonly string[];
  readonly customers: readonly string[];
  readonly done: Map<string, number>;
  backup: string;
}

async function perform(story: Told, step: Act): Promise<void> {
  const { world, confirmed, done } = story;
  world.clock.now += 11 * 60_000;
  const tablet = tabletOf(story, step.till);
  const options = { secondPurchase: true, approvedBy: 'manager', reason: 'a test' };
  const count = (what: string) => done.set(what, (done.get(what) ?? 0) + 1);
  switch (step.do) {
    case 'sell':
    case 'redeem': {
      const request = step.do === 'sell' ? coffee(500) : ({ kind: 'redeem', reward: 'coffee', voucher: null } as const);
      const found = await tablet.till.identify(story.customers[step.who] ?? '', 'camera');
      // A till that was revoked and has wiped itself knows nobody any more.
      if (!found.ok) {
        count(found.reason);
        return;
      }
      const recording = await tablet.till.record(found.customer, request, options);
      if (recording.ok) confirmed.push(recording.event);
      count(recording.ok ? step.do : `${step.do}: ${recording.refusal.kind}`);
      return;
    }
    case 'undo': {
      const target = confirmed.at(-1 - step.back);
      if (target === undefined) return;
      const recording = await tablet.till.undo(target, options);
      if (recording.ok) count('undo');
      return;
    }
    case 'network':
    case 'sync':
    case 'restart':
      return pass(story, step);
    case 'grant':
      return grantAllShares(world.deps);
    case 'nextDay':
      world.clock.now += 20 * 3_600_000;
      return grantAllShares(world.deps);
    case 'backup':
      story.backup = await world.backup();
      return;
    case 'restore':
      await world.restore(await world.copyBackup(story.backup), `life-${(story.seed += 1)}`);
      await grantAllShares(world.deps);
      return;
    case 'revoke':
      await revokeDevice(world.deps, BUSINESS, story.devices[step.till] ?? '');
  }
}

async function begin(world: World): Promise<Told> {
  await world.publish(program);
  const tablets: Tablet[] = [];
  for (const seed of [1, 2, 3]) tablets.push(await world.tablet(`Till ${seed}`, seed));
  await grantAllShares(world.deps);
  const customers = [(await world.join()).text, (await world.join()).text];
  for (const tablet of tablets) await tablet.till.syncOnce();
  for (const text of customers) {
    const [tablet] = tablets;
    if (tablet === undefined) throw new Error('no tablet');
    await tablet.till.record(await scan(tablet, text), coffee(3_000_000), { secondPurchase: true });
  }
  for (const tablet of [...tablets, ...tablets]) await tablet.till.syncOnce();
  const devices = tablets.map((tablet) => tablet.till.shop.get()?.device.id ?? '');
  return {
    world,
    tablets,
    devices,
    customers,
    confirmed: [],
    done: new Map(),
    backup: await world.backup(),
    seed: 10,
  };
}

/** Everything that has happened reaches the server. */
async function settle({ world, tablets }: Told): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await syncAll(...tablets);
    world.clock.now += 60_000;
  }
  for (const { till: one } of tablets) expect(one.status.get().unsent).toBe(0);
}

async function ledgerOf(world: World) {
  const rows = await world.deps.db
    .selectFrom('events')
    .select(['device', 'bytes', 'booked', 'flags'])
    .where('business', '=', BUSINESS)
    .orderBy('gseq')
    .execute();
  return rows.map(({ device, booked, flags }) => ({
    device,
    shares: shareEffects(JSON.parse(booked) as Effect[]),
    flags: JSON.parse(flags) as string[],
  }));
}

/** What the ledger says was given under each limit: net of what was taken back, and of each till. */
function poolsFrom(events: Awaited<ReturnType<typeof ledgerOf>>): Map<string, SharePool> {
  const pools = new Map<string, SharePool>();
  for (const effect of events.flatMap(({ shares }) => shares)) {
    const { pool } = readShare(effect.share);
    pools.set(pool, foldShare(pools.get(pool) ?? { id: pool, accounts: {} }, effect));
  }
  return pools;
}

function expectNothingExceeded(pools: ReadonlyMap<string, SharePool>): void {
  for (const [id, { accounts }] of pools) {
    const name = readPool(id);
    const all = Object.values(accounts);
    if (name?.per === 'device') {
      for (const { used } of all) expect(used, id).toBeLessThanOrEqual(PER_TILL);
      continue;
    }
    const most = MOST[`${name?.id}/business`] ?? 0;
    expect(
      all.reduce((sum, each) => sum + each.used, 0),
      id,
    ).toBeLessThanOrEqual(most);
    expect(
      all.reduce((sum, each) => sum + each.granted - each.released, 0),
      id,
    ).toBeLessThanOrEqual(most);
  }
}

test('three tills, blind or not, crashing and taking back: a limit of the shop is never exceeded, and everything adds up', async () => {
  const reached = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 30, arbitrary: act }, { weight: 1, arbitrary: revoke }), {
        minLength: 10,
        maxLength: 45,
      }),
      async (steps) => {
        const world = await makeWorld();
        try {
          const story = await begin(world);
          for (const step of steps) await perform(story, step);
          await settle(story);
          const events = await ledgerOf(world);
          expect(events.filter(({ flags }) => flags.includes('shareExceeded'))).toEqual([]);
          const pools = poolsFrom(events);
          expectNothingExceeded(pools);
          const booked = await listDocuments(world.deps.db, BUSINESS, 'shares');
          expect(new Map(booked.map((pool) => [pool.id, pool]))).toEqual(pools);
          for (const { accounts } of booked.filter(({ id }) => readPool(id)?.per === 'business')) {
            for (const { granted, used, released } of Object.values(accounts)) {
              expect(granted - used - released).toBeGreaterThanOrEqual(0);
            }
          }
          for (const [what, n] of story.done) reached.set(what, (reached.get(what) ?? 0) + n);
          const releases = events.flatMap(({ shares }) => shares).filter(({ move }) => move === 'released');
          reached.set('release', (reached.get('release') ?? 0) + releases.length);
        } finally {
          await world.end();
        }
      },
    ),
    { numRuns: cases(15), seed: 20_260_311 },
  );
  for (const what of ['redeem', 'redeem: limitReached', 'undo', 'release'])
    expect(reached.get(what), what).toBeGreaterThan(0);
}, 240_000);

test('nor where the server is lost and restored from a backup', async () => {
  const steps = fc
    .tuple(fc.array(act, { minLength: 6, maxLength: 25 }), restore, fc.array(act, { minLength: 6, maxLength: 20 }))
    .map(([before, lost, after]) => [...before, lost, ...after]);
  await fc.assert(
    fc.asyncProperty(steps, async (acts) => {
      const world = await makeWorld();
      try {
        const story = await begin(world);
        for (const step of acts) await perform(story, step);
        await settle(story);
        const events = await ledgerOf(world);
        expectNothingExceeded(poolsFrom(events));
        expect(events.filter(({ flags }) => flags.includes('shareExceeded'))).toEqual([]);
      } finally {
        await world.end();
      }
    }),
    { numRuns: cases(15), seed: 20_260_312 },
  );
}, 240_000);
