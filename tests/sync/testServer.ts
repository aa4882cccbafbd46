import type { MemberState } from '../../src/loyalty/state.ts';
import type { ExceptionRecord } from '../../src/protocol/event.ts';
import { createApp } from '../../src/server/app.ts';
import type { Rates } from '../../src/server/http/limiter.ts';
import { listDocuments } from '../../src/server/store/documents.ts';
import { createTestDeps } from '../../src/server/testing/testDeps.ts';
import { createTestShop, TEST_SHOP, testProgram } from '../../src/server/testing/testShop.ts';
import { createPairingCode } from '../../src/server/usecases/pair.ts';
import { SimTill, type TillServer } from './simTill.ts';

/** Tests ask as fast as they can, which is not what limits are for. */
const OPEN = { burst: 1e9, perSecond: 1e9 };
export const NO_LIMITS: Rates = { address: OPEN, device: OPEN, pairing: OPEN, pairingAll: OPEN };

/** The real server on a database in memory, and simulated tills paired with it. */
export interface TestServer extends TillServer {
  readonly till: (seed: number) => Promise<SimTill>;
  readonly member: (id: string) => Promise<MemberState | null>;
  readonly members: () => Promise<Map<string, MemberState>>;
  readonly exceptions: () => Promise<ExceptionRecord[]>;
  /** Every row of every table of the ledger but what changes by the mere contact (when a device was seen last). */
  readonly dump: () => Promise<string>;
}

export async function startTestServer(rates = NO_LIMITS, program = testProgram): Promise<TestServer> {
  const deps = await createTestDeps();
  await createTestShop(deps, program);
  const app = createApp(deps, { rates });
  const members = async () => {
    const rows = await deps.db.selectFrom('members').selectAll().where('alias_of', 'is', null).execute();
    return new Map(rows.map((row) => [row.member, JSON.parse(row.state) as MemberState]));
  };
  const server: TestServer = {
    app,
    deps,
    program,
    members,
    till: async (seed) => {
      const { code } = await createPairingCode(deps, TEST_SHOP, { deviceName: 'Till', location: 'counter' });
      return SimTill.pair(server, seed, code);
    },
    member: async (id) => (await members()).get(id) ?? null,
    exceptions: () => listDocuments(deps.db, TEST_SHOP, 'exception'),
    dump: async () => {
      const tables = ['businesses', 'events', 'streams', 'members', 'profiles', 'documents', 'quarantine'] as const;
      const rows = await Promise.all(tables.map((table) => deps.db.selectFrom(table).selectAll().execute()));
      // A database gives rows in whatever order it likes.
      return rows.flatMap((some, at) => some.map((row) => `${tables[at]} ${JSON.stringify(row)}`).sort()).join('\n');
    },
  };
  return server;
}
