import * as fc from 'fast-check';
import { cases } from './cases.ts';
import { expect, test } from 'vitest';
import { coffee, ledgerSize, memberState, scan } from './acts.ts';
import { makeWorld, type Tablet, type World } from './world.ts';

type Act =
  | { readonly do: 'sell'; readonly till: number; readonly who: number; readonly amount: number }
  | { readonly do: 'redeem'; readonly till: number; readonly who: number; readonly reward: string }
  | { readonly do: 'undo'; readonly till: number; readonly back: number }
  | { readonly do: 'network'; readonly till: number; readonly is: 'on' | 'off' | 'answersLost' }
  | { readonly do: 'sync'; readonly till: number }
  | { readonly do: 'restart'; readonly till: number };

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
    arbitrary: fc.record({
      do: fc.constant('network' as const),
      till,
      is: fc.constantFrom('on' as const, 'off' as const, 'answersLost' as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('sync' as const), till }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), till }) },
);

/** What happened in one run: every event that a till has confirmed. */
interface Story {
  readonly world: World;
  readonly tablets: Tablet[];
  readonly customers: readonly { readonly text: string; readonly member: string }[];
  readonly confirmed: string[];
  seed: number;
}

async function perform(story: Story, step: Act): Promise<void> {
  const { world, tablets, customers, confirmed } = story;
  world.clock.now += 60_000;
  const tablet = tablets[step.till];
  if (tablet === undefined) throw new Error('no tablet');
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
      tablet.online(step.is === 'on');
      if (step.is === 'answersLost') {
        tablet.ports.network = async (path, init) => {
          await world.request(path, init);
          throw new TypeError('connection reset');
        };
      }
      return;
    case 'sync':
      await tablet.till.syncOnce();
      return;
    case 'restart': {
      const again = await world.reopen(tablet, (story.seed += 1));
      tablets[step.till] = again;
      again.online(false);
    }
  }
}

test('whatever two tills do, with or without network, all of it arrives once and everybody ends with the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 30 }), async (steps) => {
      const world = await makeWorld();
      try {
        const tablets = [await world.tablet('Bar', 1), await world.tablet('Door', 2)];
        const customers = [await world.join(), await world.join()];
        const story: Story = { world, tablets, customers, confirmed: [], seed: 10 };
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
