import * as fc from 'fast-check';
import { cases } from './cases.ts';
import { expect, test } from 'vitest';
import { coffee, ledgerSize, memberState, scan } from './acts.ts';
import { networkOf, pass, type Passing, type Story, tabletOf } from './story.ts';
import { makeWorld } from './world.ts';

type Act =
  | { readonly do: 'sell'; readonly till: number; readonly who: number; readonly amount: number }
  | { readonly do: 'redeem'; readonly till: number; readonly who: number; readonly reward: string }
  | { readonly do: 'undo'; readonly till: number; readonly back: number }
  | Passing;

const till = fc.nat(1);
const who = fc.nat(1);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('sell' as const), till, who, amount: fc.integer({ min: 50, max: 4000 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('redeem' as const), till, who, reward: fc.constantFrom('gift', 'coffee') }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), till, back: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: networkOf(till),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('sync' as const), till }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), till }) },
);

interface Told extends Story {
  readonly customers: readonly { readonly text: string; readonly member: string }[];
}

async function perform(story: Told, step: Act): Promise<void> {
  const { world, customers, confirmed } = story;
  world.clock.now += 60_000;
  const tablet = tabletOf(story, step.till);
  const customer = 'who' in step ? customers[step.who] : undefined;
  const options = { secondPurchase: true, approvedBy: 'manager', reason: 'a test' };
  switch (step.do) {
    case 'sell':
    case 'redeem': {
      if (customer === undefined) throw new Error('no customer');
      const request =
        step.do === 'sell' ? coffee(step.amount) : ({ kind: 'redeem', reward: step.reward, voucher: null } as const);
      const recording = await tablet.till.record(await scan(tablet, customer.text), request, options);
      if (recording.ok) confirmed.push(recording.event);
      return;
    }
    case 'undo': {
      const target = confirmed.at(-1 - step.back);
      if (target === undefined) return;
      const recording = await tablet.till.undo(target, options);
      if (recording.ok) confirmed.push(recording.event);
      return;
    }
    case 'network':
    case 'sync':
    case 'restart':
      return pass(story, step);
  }
}

test('whatever two tills do, with or without network, all of it arrives once and everybody ends with the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 30 }), async (steps) => {
      const world = await makeWorld();
      try {
        const tablets = [await world.tablet('Bar', 1), await world.tablet('Door', 2)];
        const customers = [await world.join(), await world.join()];
        const story: Told = { world, tablets, customers, confirmed: [], seed: 10 };
        const before = await ledgerSize(world);
        await tablets[0]?.till.syncOnce();
        for (const step of steps) await perform(story, step);
        const unsent = () => tablets.map((tablet) => tablet.till.status.get().unsent);
        for (const tablet of [...tablets, ...tablets]) {
          tablet.online(true);
          expect(await tablet.till.syncOnce()).toBe(true);
        }
        expect(unsent()).toEqual([0, 0]);
        expect(await ledgerSize(world)).toBe(before + story.confirmed.length);
        for (const customer of customers) {
          const state = await memberState(world, customer.member);
          for (const tablet of tablets) expect((await scan(tablet, customer.text)).state).toEqual(state);
        }
        const [bar, door] = await Promise.all(tablets.map((tablet) => tablet.till.today(null)));
        expect({ ...bar, asOf: 0, tills: [] }).toEqual({ ...door, asOf: 0, tills: [] });
      } finally {
        await world.end();
      }
    }),
    { numRuns: cases(12), seed: 20_260_310 },
  );
}, 120_000);
