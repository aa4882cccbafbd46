import type { Fact } from '../../src/loyalty/facts.ts';
import type { Limit, Program } from '../../src/loyalty/program.ts';
import { poolOf, type SharePool } from '../../src/loyalty/limits/shares.ts';
import { getDocument } from '../../src/server/store/documents.ts';
import { TEST_SHOP, testProgram } from '../../src/server/testing/testShop.ts';
import { grantShares } from '../../src/server/usecases/shares/grantShares.ts';
import type { SimTill } from './simTill.ts';
import { NO_LIMITS, startTestServer, type TestServer } from './testServer.ts';

export const DAY = '2026-03-02';
export const DAY_MS = 86_400_000;

/** Five a day in the whole shop. */
export const limit: Limit = { n: 5, per: 'business', window: { kind: 'calendar', of: 'day' } };

/** The test shop's program with its reward limited. */
export const limitedTo = (...limits: readonly Limit[]): Program => ({
  ...testProgram,
  rewards: testProgram.rewards.map((reward) => ({ ...reward, limits })),
});
export const gift = testProgram.rewards[0]?.id ?? '';
export const poolAt = (day: string, of: Limit = limit) => poolOf(`reward:${gift}`, of, day) ?? '';
export const POOL = poolAt(DAY);

type Served = Pick<TestServer, 'deps'>;

export const poolNamed = async ({ deps }: Served, pool = POOL): Promise<SharePool | null> =>
  getDocument(deps.db, TEST_SHOP, 'shares', pool);
/** What a till has of it. */
export const account = async (server: Served, till: SimTill, pool = POOL) =>
  (await poolNamed(server, pool))?.accounts[till.device];
/** To all tills together. */
export const granted = async (server: Served, pool = POOL) =>
  Object.values((await poolNamed(server, pool))?.accounts ?? {}).reduce((sum, each) => sum + each.granted, 0);

/** Two tills, and a program with limits in force. */
export async function limitedShop(limits: readonly Limit[] = [limit]) {
  const server = await startTestServer(NO_LIMITS, limitedTo(...limits));
  const [bar, door] = [await server.till(11), await server.till(12)];
  await grantShares(server.deps, TEST_SHOP);
  return { server, bar, door };
}

/** Gives a reward of a till's share away; gives the event's id. */
export const give = (till: SimTill, share: string, n = 1): string =>
  till.record(`m-${n}`, {
    kind: 'redeemed',
    reward: gift,
    voucher: `full/${n}`,
    due: null,
    approvedBy: null,
    shares: [share],
  } as Fact);
