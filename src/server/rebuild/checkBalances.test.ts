import { expect, it } from 'vitest';
import { createTestDeps } from '../testing/testDeps.ts';
import { createTestShop, TEST_SHOP } from '../testing/testShop.ts';
import { recordServerEvents } from '../usecases/recordServerEvents.ts';
import { checkBalances } from './checkBalances.ts';

it('finds no difference where somebody joins in the middle of it, whatever their id', async () => {
  const deps = await createTestDeps();
  await createTestShop(deps);
  const join = (members: readonly string[]) => {
    const acts = members.map((member) => ({ member, staff: null, fact: { kind: 'enrolled', via: 'card' } as const }));
    return recordServerEvents(deps, TEST_SHOP, acts);
  };
  // More than are looked at in one go.
  await join(Array.from({ length: 501 }, (_, i) => `m${String(i).padStart(3, '0')}`));
  let turns = 0;
  const turn = async () => {
    turns += 1;
    await join([`a${turns}`]);
  };
  const options = { repair: true, account: null, progress: () => {} };
  const check = await checkBalances({ ...deps, turn }, TEST_SHOP, options);
  expect(turns).toBeGreaterThan(1);
  expect(check).toMatchObject({ differing: 0, repaired: 0, fault: null });
});
