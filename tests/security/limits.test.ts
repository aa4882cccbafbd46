import { beforeAll, describe, expect, it } from 'vitest';
import { ask, caseOf } from './ask.ts';
import { dumpStore, rowsOf } from './dump.ts';
import { ROUTES } from './routes.ts';
import { openWorld, type World } from './world.ts';

const names = Object.keys(ROUTES).filter((name) => caseOf(name).body !== undefined);
const MEGABYTE = 1024 * 1024;

/** The most that a route may read of a body, in bytes: what it can be for, and some air. */
function mostOf(name: string): number {
  if (name === 'POST /office/api/tills/journal') return 65 * MEGABYTE;
  if (name === 'POST /sync/push' || name === 'POST /sync/offer') return 4 * MEGABYTE;
  return 0.5 * MEGABYTE;
}

describe('a body that is too large', () => {
  let world: World;
  let before: string[];
  beforeAll(async () => {
    world = await openWorld();
    before = rowsOf(await dumpStore(world.deps));
  });

  it.each(names)('%s: is not read to its end, and changes nothing', async (name) => {
    const { app, a } = world;
    const [method = '', pattern = ''] = name.split(' ');
    const may = caseOf(name).may;
    const cookie = may.includes('office') ? a.office : a.card;
    let sent = 0;
    const chunk = new Uint8Array(MEGABYTE / 8).fill(0x20);
    const body = new ReadableStream<Uint8Array>(
      {
        pull: (to) => {
          sent += chunk.length;
          to.enqueue(chunk);
        },
      },
      { highWaterMark: 0 },
    );
    const own = { 'x-regulars-office': '1', 'x-regulars-card': '1', 'content-type': 'application/json', cookie };
    const at = caseOf(name).path?.(a) ?? pattern;
    const init = { method, headers: own, body, duplex: 'half' } as RequestInit;
    const { status } = await app.request(at, init);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(sent).toBeLessThanOrEqual(mostOf(name));
    expect(rowsOf(await dumpStore(world.deps))).toEqual(before);
  });

  it('that says so is not read at all', async () => {
    const { app, a } = world;
    for (const name of names.filter((one) => one.includes(' /office/'))) {
      const [method = '', pattern = ''] = name.split(' ');
      let sent = 0;
      const body = new ReadableStream<Uint8Array>(
        { pull: (to) => (to.enqueue(new Uint8Array(1)), void (sent += 1)) },
        { highWaterMark: 0 },
      );
      const headers = {
        'x-regulars-office': '1',
        'content-type': 'application/json',
        'content-length': String(100 * MEGABYTE),
        cookie: a.office,
      };
      const init = { method, headers, body, duplex: 'half' } as RequestInit;
      const { status } = await app.request(caseOf(name).path?.(a) ?? pattern, init);
      expect([400, 422], name).toContain(status);
      expect(sent, name).toBe(0);
    }
  });
});

describe('fields that do not belong there', () => {
  const extra = {
    id: 'other',
    business: 'birch',
    account: 'account-birch',
    device: 'other',
    rev: 999_999,
    revoked: true,
    demo: true,
    scale: 7,
    program: 'x',
    createdAt: 1,
    passwordHash: 'x',
    isAdmin: true,
    owner: true,
    closed: true,
    cost: 1_000_000,
    seen: { by: 'nobody' },
    ended: { at: 1 },
    expires_at: 1,
    reusable: 1,
    secret: 'x',
    erased: true,
    member: 'other',
  };
  const withBody = names.filter((name) => caseOf(name).may.some((one) => one === 'office' || one === 'card'));

  it.each(withBody)('%s: change nothing that the route does not change without them', async (name) => {
    const result = async (more: object) => {
      const world = await openWorld();
      const { a } = world;
      const caller = caseOf(name).may.includes('office') ? 'office' : 'card';
      const usual = caseOf(name).body?.(a) as object;
      // What the route knows wins, as it would in the table.
      const raw = JSON.stringify({ ...more, ...usual });
      const { status } = await ask(world, { name, caller, own: a, target: a, raw });
      // Keys, ids and secrets are random and differ between two worlds.
      const rows = rowsOf(await dumpStore(world.deps)).map((row) => row.replaceAll(/[\w+/=-]{20,}/g, '#'));
      return { status, rows: rows.sort(), foreign: rowsOf(await dumpStore(world.deps), world.b.id).length };
    };
    const [plain, stuffed] = [await result({}), await result(extra)];
    expect(stuffed).toEqual(plain);
  });
});
