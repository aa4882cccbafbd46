import { beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/server/app.ts';
import { createTestDeps } from '../../src/server/testing/testDeps.ts';
import { ask, caseOf, type Answer } from './ask.ts';
import { dumpStore, rowsOf } from './dump.ts';
import { DEMO_ROUTES, ROUTES } from './routes.ts';
import { CALLERS, openWorld, type Caller, type Tenant, type World } from './world.ts';

/** The routes that answer, as the server itself lists them; what only stands in front of others has the method ALL. */
async function routesOf(mode: 'demo' | 'live'): Promise<string[]> {
  const app = createApp(await createTestDeps({ mode }));
  const named = app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`);
  return [...new Set(named)].sort();
}

const names = Object.keys(ROUTES);
const refusedFor = (name: string, caller: Caller) => {
  const { refused } = caseOf(name);
  return typeof refused === 'number' ? refused : refused(caller);
};
const strangers = names.filter((name) => caseOf(name).may.length < CALLERS.length);

/** Nothing that is only the shop's own. Its name and program are public. */
function expectNothingOf({ mark, member, recoveryCode, device }: Tenant, { text }: Answer, about: string): void {
  for (const secret of [mark, member, recoveryCode, device.id]) expect(text.includes(secret), about).toBe(false);
}

describe('the table of routes', () => {
  it('names every route of the server', async () => {
    expect(await routesOf('live')).toEqual([...names].sort());
  });

  it('names what the demo adds', async () => {
    const both = [...new Set([...names, ...DEMO_ROUTES])].sort();
    expect(await routesOf('demo')).toEqual(both);
  });
});

describe('who may not', () => {
  // One for all: nothing of it may change.
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });

  it.each(strangers)('%s', async (name) => {
    const before = rowsOf(await dumpStore(world.deps));
    for (const caller of CALLERS.filter((one) => !caseOf(name).may.includes(one))) {
      const answer = await ask(world, { name, caller, own: world.a, target: world.a });
      expect(answer.status, caller).toBe(refusedFor(name, caller));
      expectNothingOf(world.a, answer, caller);
    }
    expect(rowsOf(await dumpStore(world.deps))).toEqual(before);
  });
});

describe('who may do it in another shop, and then who may do it here', () => {
  const isTenants = (caller: Caller) => ['office', 'card', 'device', 'revoked'].includes(caller);

  it.each(names)('%s', async (name) => {
    const world = await openWorld();
    const { a, b } = world;
    const { may, ok, foreign = ok } = caseOf(name);
    const before = rowsOf(await dumpStore(world.deps), a.id);
    for (const caller of may.filter(isTenants)) {
      const answer = await ask(world, { name, caller, own: b, target: a });
      expect(foreign, `${caller}: ${answer.text.slice(0, 200)}`).toContain(answer.status);
      expectNothingOf(a, answer, caller);
    }
    // Joining, and what a card's own token opens, is for whoever has the address.
    const isOpen = may.length === CALLERS.length;
    if (!isOpen) expect(rowsOf(await dumpStore(world.deps), a.id)).toEqual(before);
    for (const caller of may) {
      const answer = await ask(world, { name, caller, own: a, target: a });
      expect(ok, `${caller}: ${answer.text.slice(0, 200)}`).toContain(answer.status);
    }
  });
});

describe('methods that a route does not have', () => {
  it('do nothing, whoever asks', async () => {
    const world = await openWorld();
    const pathOf = (name: string) => caseOf(name).path?.(world.a) ?? (name.split(' ')[1] ?? '').replace('/*', '/x');
    const known = new Set(names.map((name) => `${name.split(' ')[0]} ${pathOf(name)}`));
    const own = { 'x-regulars-office': '1', 'x-regulars-card': '1', 'content-type': 'application/json' };
    const headers = { ...own, cookie: `${world.a.office}; ${world.a.card}` };
    const before = rowsOf(await dumpStore(world.deps));
    for (const path of new Set(names.map(pathOf))) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY', 'PROPFIND']) {
        if (known.has(`${method} ${path}`)) continue;
        const { status } = await world.app.request(path, { method, headers });
        // 400: what stands there is taken for an id, and the body is none.
        expect([400, 403, 404], `${method} ${path}`).toContain(status);
      }
    }
    expect(rowsOf(await dumpStore(world.deps))).toEqual(before);
  });
});
