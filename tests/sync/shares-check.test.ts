import { expect, test } from 'vitest';
import { poolOf, type SharePool } from '../../src/loyalty/limits/shares.ts';
import type { Limit } from '../../src/loyalty/program.ts';
import { checkBalances } from '../../src/server/rebuild/checkBalances.ts';
import { getDocument } from '../../src/server/store/documents.ts';
import { TEST_SHOP, testProgram } from '../../src/server/testing/testShop.ts';
import { forgetClosedPools, grantShares } from '../../src/server/usecases/shares/grantShares.ts';
import type { SimTill } from './simTill.ts';
import { NO_LIMITS, startTestServer, type TestServer } from './testServer.ts';

const DAY_MS = 86_400_000;
const limit: Limit = { n: 5, per: 'business', window: { kind: 'calendar', of: 'day' } };
const gift = testProgram.rewards[0]?.id ?? '';
const POOL = poolOf(`reward:${gift}`, limit, '2026-03-02') ?? '';
const limited = { ...testProgram, rewards: testProgram.rewards.map((reward) => ({ ...reward, limits: [limit] })) };

function give(till: SimTill, n: number): string {
  const shares = [`${POOL}/${till.device}`];
  return till.record(`m-${n}`, {
    kind: 'redeemed',
    reward: gift,
    voucher: `full/${n}`,
    due: null,
    approvedBy: null,
    shares,
  });
}

/** Shares granted, used, given back by a void, and released. */
async function history() {
  const server = await startTestServer(NO_LIMITS, limited);
  const [bar, door] = [await server.till(11), await server.till(12)];
  await grantShares(server.deps, TEST_SHOP);
  const target = give(bar, 1);
  give(bar, 2);
  bar.record('m-1', { kind: 'voided', target, reason: null });
  await bar.push();
  door.record(null, { kind: 'shareReleased', share: `${POOL}/${door.device}`, n: 1 });
  await door.push();
  return { server, bar, door };
}

const check = ({ deps }: TestServer, repair = false) =>
  checkBalances(deps, TEST_SHOP, { repair, account: null, progress: () => {} });
const poolNow = ({ deps }: TestServer) => getDocument(deps.db, TEST_SHOP, 'shares', POOL);
const rowOf = ({ deps }: TestServer) =>
  deps.db
    .updateTable('documents')
    .where('business', '=', TEST_SHOP)
    .where('kind', '=', 'shares')
    .where('id', '=', POOL);

test('every pool follows from the ledger', async () => {
  const { server } = await history();
  // Today's window and the three that tills can reach.
  expect((await check(server)).shares).toEqual({ pools: 4, differing: 0, listed: [], repaired: 0 });
});

test.each(['granted', 'used', 'released'] as const)(
  'a pool whose %s was changed is found, and mended only where that is asked for, so that tills learn of it',
  async (what) => {
    const { server, bar } = await history();
    const right = (await poolNow(server)) as SharePool;
    const account = right.accounts[bar.device] ?? { granted: 0, used: 0, released: 0 };
    const wrong = {
      ...right,
      accounts: { ...right.accounts, [bar.device]: { ...account, [what]: account[what] + 1 } },
    };
    await rowOf(server)
      .set({ data: JSON.stringify(wrong) })
      .execute();
    await bar.pull();
    const found = { pools: 4, differing: 1, listed: [POOL], repaired: 0 };
    expect(await check(server)).toMatchObject({ differing: 0, shares: found });
    expect(await poolNow(server)).toEqual(wrong);
    expect((await check(server, true)).shares).toEqual({ ...found, repaired: 1 });
    expect(await poolNow(server)).toEqual(right);
    await bar.pull();
    expect(bar.documents.get(`shares/${POOL}`)?.data).toEqual(right);
    expect((await check(server)).shares).toMatchObject({ differing: 0 });
  },
);

test('a pool that is gone, and one that nobody ever granted, are found', async () => {
  const { server } = await history();
  const invented = POOL.replace(gift, 'invented');
  await rowOf(server).set({ id: invented }).execute();
  expect((await check(server)).shares).toMatchObject({ pools: 5, differing: 2, listed: [POOL, invented].sort() });
});

test('windows that are over for long, and what comes of them even later, are no difference', async () => {
  const { server, bar } = await history();
  give(bar, 3);
  server.deps.clock.advance(70 * DAY_MS);
  expect((await check(server)).shares).toEqual({ pools: 0, differing: 0, listed: [], repaired: 0 });
  await forgetClosedPools(server.deps, TEST_SHOP);
  await bar.push();
  expect((await check(server, true)).shares).toEqual({ pools: 0, differing: 0, listed: [], repaired: 0 });
  expect(await poolNow(server)).toBeNull();
});
