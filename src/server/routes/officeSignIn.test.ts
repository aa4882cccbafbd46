import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestDeps } from '../testing/testDeps.ts';
import type { TestDeps } from '../testing/testDeps.ts';
import { officeClient, OWNER, ownShop } from '../testing/officeClient.ts';
import type { OfficeClient } from '../testing/officeClient.ts';

const HOUR = 3_600_000;
// Hashing is slow on purpose; a busy machine makes it slower.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let deps: TestDeps;
let owner: OfficeClient;
beforeEach(async () => {
  deps = await createTestDeps({ mode: 'live', publicUrl: 'https://cards.example' });
  owner = await ownShop(deps);
});

const signIn = (client: OfficeClient, password = OWNER.password, email = OWNER.email) =>
  client.send('POST', 'sign-in', { email, password });

describe('signing in', () => {
  it('gives a host-only, script-proof cookie whose token is stored as a hash', async () => {
    const client = officeClient(deps, owner.app);
    const { status, headers } = await signIn(client, OWNER.password, ' ANNA@example.com ');
    expect(status).toBe(200);
    const cookie = headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-office=[\w-]{43};/);
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(part);
    const rows = await deps.db.selectFrom('office_sessions').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(client.cookie?.split('=')[1]);
  });

  it('says the same for a wrong password and an unknown address', async () => {
    const wrong = await signIn(officeClient(deps, owner.app), 'not the password');
    const nobody = await signIn(officeClient(deps, owner.app), OWNER.password, 'nobody@example.com');
    expect(wrong).toMatchObject({ status: 422, json: { refusal: { kind: 'wrongLogin' } } });
    expect(nobody.text).toBe(wrong.text);
  });

  it('waits after five failures, longer each time, even for the right password', async () => {
    const client = officeClient(deps, owner.app);
    for (let n = 0; n < 5; n += 1) await signIn(client, 'not the password');
    expect(await signIn(client)).toMatchObject({ status: 429, json: { refusal: { kind: 'wait', seconds: 30 } } });
    deps.clock.advance(30_000);
    expect((await signIn(client, 'not the password')).status).toBe(422);
    const later = await signIn(client);
    expect(later).toMatchObject({ status: 429, json: { refusal: { kind: 'wait', seconds: 60 } } });
    expect(later.headers.get('retry-after')).toBe('60');
    deps.clock.advance(60_000);
    expect((await signIn(client)).status).toBe(200);
    expect((await signIn(client, 'not the password')).status).toBe(422);
  });

  it('forgets failures after a quarter of an hour', async () => {
    const client = officeClient(deps, owner.app);
    for (let n = 0; n < 4; n += 1) await signIn(client, 'not the password');
    deps.clock.advance(15 * 60_000);
    for (let n = 0; n < 4; n += 1) expect((await signIn(client, 'not the password')).status).toBe(422);
    expect((await signIn(client)).status).toBe(200);
  });
});

describe('a session', () => {
  it('ends after twelve idle hours', async () => {
    deps.clock.advance(12 * HOUR - 1);
    expect((await owner.send('GET', 'business')).status).toBe(200);
    deps.clock.advance(12 * HOUR - 1);
    expect((await owner.send('GET', 'business')).status).toBe(200);
    deps.clock.advance(12 * HOUR);
    expect((await owner.send('GET', 'business')).status).toBe(401);
  });

  it('ends after thirty days, however busy', async () => {
    for (let h = 0; h < 30 * 24; h += 11) {
      expect((await owner.send('GET', 'business')).status).toBe(200);
      deps.clock.advance(11 * HOUR);
    }
    expect((await owner.send('GET', 'business')).status).toBe(401);
  });

  it('is worth nothing after signing out, and elsewhere after a new password', async () => {
    const phone = officeClient(deps, owner.app);
    await signIn(phone);
    const next = 'another long password';
    expect((await owner.send('POST', 'password', { current: 'wrong', next })).status).toBe(422);
    expect((await owner.send('POST', 'password', { current: OWNER.password, next })).status).toBe(200);
    expect((await phone.send('GET', 'business')).status).toBe(401);
    expect((await owner.send('GET', 'sessions')).json).toMatchObject([{ current: true }]);
    const { cookie } = owner;
    await owner.send('POST', 'sign-out');
    owner.cookie = cookie;
    expect((await owner.send('GET', 'business')).status).toBe(401);
    expect((await signIn(phone, next)).status).toBe(200);
  });

  it.each(['business', 'program', 'staff', 'tills', 'today', 'sessions', 'export.ndjson', 'export.csv'])(
    'is needed for %s',
    async (path) => expect((await officeClient(deps, owner.app).send('GET', path)).status).toBe(401),
  );
});

describe('what changes something', () => {
  it('must carry our header', async () => {
    expect((await owner.send('POST', 'locations', { name: 'X' }, { 'x-regulars-office': '' })).status).toBe(403);
  });

  it('must be JSON', async () => {
    const headers = { 'content-type': 'text/plain' };
    expect((await owner.send('POST', 'locations', { name: 'X' }, headers)).status).toBe(403);
  });

  it('must not come from another site', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await owner.send('POST', 'sign-in', { email: 'a', password: 'b' }, headers)).status).toBe(403);
    expect((await owner.send('POST', 'locations', { name: 'X' }, { 'sec-fetch-site': 'same-origin' })).status).toBe(
      200,
    );
  });
});
