import { describe, expect, test } from 'vitest';
import type { Limit, Program } from '../../src/loyalty/program.ts';
import { createApp } from '../../src/server/app.ts';
import { grantAllShares } from '../../src/server/jobs/shareJob.ts';
import { getDocument, listDocuments } from '../../src/server/store/documents.ts';
import { createTestDeps } from '../../src/server/testing/testDeps.ts';
import { TEST_SHOP, testProgram } from '../../src/server/testing/testShop.ts';
import { publishProgram } from '../../src/server/usecases/office/program.ts';
import { DAY, DAY_MS, granted, limit, limitedShop, limitedTo, poolAt } from './limitedShop.ts';
import { NO_LIMITS, startTestServer, type TestServer } from './testServer.ts';

describe('a restored server', () => {
  /** The same database goes on under another epoch, as after a restore. */
  async function restored(server: TestServer): Promise<TestServer['deps']> {
    const deps = await createTestDeps();
    deps.clock.set(server.deps.clock.now());
    for (const table of ['businesses', 'devices', 'documents', 'events', 'streams', 'members'] as const) {
      await deps.db.deleteFrom(table).execute();
      const rows = await server.deps.db.selectFrom(table).selectAll().execute();
      for (const row of rows) await deps.db.insertInto(table).values(row).execute();
    }
    await deps.db.updateTable('server_meta').set({ value: 'life-2' }).where('key', '=', 'epoch').execute();
    return deps;
  }
  const grantedAt = (deps: TestServer['deps'], pool: string) => granted({ deps }, pool);

  test('grants nothing of a window that the server before it may have granted, and all of later ones', async () => {
    const server = await startTestServer(NO_LIMITS, limitedTo(limit));
    await server.till(11);
    // The backup is from before anything was granted.
    const deps = await restored(server);
    deps.clock.advance(1000);
    await grantAllShares(deps);
    for (const day of [DAY, '2026-03-03', '2026-03-05']) expect(await grantedAt(deps, poolAt(day))).toBe(0);
    for (let day = 0; day < 5; day++) {
      deps.clock.advance(DAY_MS);
      await deps.db.updateTable('devices').set({ seen_at: deps.clock.now() }).execute();
      await grantAllShares(deps);
    }
    // Today, 2 March, it reached to the 5th; one day more is kept clear.
    for (const day of [DAY, '2026-03-05', '2026-03-06']) expect(await grantedAt(deps, poolAt(day))).toBe(0);
    for (const day of ['2026-03-07', '2026-03-08']) expect(await grantedAt(deps, poolAt(day))).toBe(5);
  });

  test('keeps what the backup knows, and grants an offer that is new in this life at once', async () => {
    const ever: Limit = { ...limit, window: { kind: 'allTime' } };
    const { server } = await limitedShop([ever]);
    const deps = await restored(server);
    deps.clock.advance(1000);
    await grantAllShares(deps);
    expect(await grantedAt(deps, poolAt(DAY, ever))).toBe(5);
    const basis = (await getDocument(deps.db, TEST_SHOP, 'business', TEST_SHOP))?.program ?? '';
    const program = limitedTo({ ...ever, n: 8 });
    const [first] = program.rewards;
    if (!first) throw new Error('no reward');
    const more = { ...program, rewards: [...program.rewards, { ...first, id: 'new-offer', limits: [ever] }] };
    expect(await publishProgram(deps, TEST_SHOP, { program: more, basis })).toMatchObject({ ok: true });
    expect(await grantedAt(deps, poolAt(DAY, ever))).toBe(5);
    expect(await grantedAt(deps, 'reward:new-offer/business/ever/ever')).toBe(5);
  });

  /** Publishes an offer that is not in the program yet, or a program as it is. */
  const publish = async (deps: TestServer['deps'], program: Program) => {
    const basis = (await getDocument(deps.db, TEST_SHOP, 'business', TEST_SHOP))?.program ?? '';
    expect(await publishProgram(deps, TEST_SHOP, { program, basis })).toMatchObject({ ok: true });
  };
  const withOffer = (id: string): Program => {
    const [first] = testProgram.rewards;
    if (!first) throw new Error('no reward');
    return { ...testProgram, rewards: [...testProgram.rewards, { ...first, id, limits: [limit] }] };
  };
  const offered = (id: string) => `reward:${id}/business/day/${DAY}`;

  test('grants nothing anew of an offer that is taken out and published again exactly as it was', async () => {
    const server = await startTestServer();
    await server.till(11);
    await publish(server.deps, withOffer('brunch'));
    await publish(server.deps, testProgram);
    // The backup knows the offer, and nothing of what is granted of it after it came back.
    const deps = await restored(server);
    await deps.db.deleteFrom('documents').where('kind', '=', 'shares').execute();
    deps.clock.advance(1000);
    await grantAllShares(deps);
    await publish(deps, withOffer('brunch'));
    expect(await grantedAt(deps, offered('brunch'))).toBe(0);
    await publish(deps, withOffer('supper'));
    expect(await grantedAt(deps, offered('supper'))).toBe(5);
    // Out and in again in the same life: it is still of this life, and was granted once.
    await publish(deps, testProgram);
    await publish(deps, withOffer('supper'));
    expect(await grantedAt(deps, offered('supper'))).toBe(5);
    expect(await grantedAt(deps, offered('brunch'))).toBe(0);
  });

  test('does not depend on clocks: the server before it may have been ahead', async () => {
    const server = await startTestServer();
    await server.till(11);
    server.deps.clock.advance(60_000);
    await publish(server.deps, withOffer('brunch'));
    await publish(server.deps, testProgram);
    const deps = await restored(server);
    await deps.db.deleteFrom('documents').where('kind', '=', 'shares').execute();
    deps.clock.advance(-50_000);
    await grantAllShares(deps);
    await publish(deps, withOffer('brunch'));
    expect(await grantedAt(deps, offered('brunch'))).toBe(0);
  });

  test('grants nothing of an offer that a till had to bring back', async () => {
    const server = await startTestServer();
    const bar = await server.till(11);
    const deps = await restored(server);
    await publish(server.deps, withOffer('brunch'));
    await bar.pull();
    const programs = [...bar.documents.values()].flatMap((one) => (one.kind === 'program' ? [one.data] : []));
    const app = createApp(deps, { rates: NO_LIMITS });
    deps.clock.advance(1000);
    await grantAllShares(deps);
    const twin = Object.assign(bar, { server: { ...server, deps, app }, programs });
    expect(await twin.push()).toMatchObject({ storedThrough: 0 });
    const brought = await listDocuments(deps.db, TEST_SHOP, 'program');
    expect(brought.filter(({ program }) => program.rewards.some(({ id }) => id === 'brunch'))).toMatchObject([
      { life: null },
    ]);
    await publish(deps, withOffer('brunch'));
    expect(await grantedAt(deps, offered('brunch'))).toBe(0);
  });
});
