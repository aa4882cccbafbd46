import { beforeEach, describe, expect, it } from 'vitest';
import { both } from '../../loyalty/presets.ts';
import { createTestDeps } from '../testing/testDeps.ts';
import type { TestDeps } from '../testing/testDeps.ts';
import { officeClient, OWNER, ownShop, SETTINGS, setupToken } from '../testing/officeClient.ts';

let deps: TestDeps;
beforeEach(async () => {
  deps = await createTestDeps({ mode: 'live', publicUrl: 'https://cards.example' });
});

describe('the set-up link', () => {
  it('makes the owner once, and nobody after that', async () => {
    const token = await setupToken(deps);
    const client = officeClient(deps);
    expect((await client.send('POST', 'setup/check', { token })).status).toBe(200);
    expect((await client.send('POST', 'setup/owner', { token, ...OWNER })).status).toBe(200);
    const again = await officeClient(deps).send('POST', 'setup/owner', { token, ...OWNER, email: 'eve@example.com' });
    expect(again).toMatchObject({ status: 422, json: { refusal: { kind: 'setupLink' } } });
    expect((await client.send('GET', 'state')).json).toMatchObject({ phase: 'signedIn', me: { email: OWNER.email } });
  });

  it('is refused when it is wrong, replaced by a newer start, or a day old', async () => {
    const first = await setupToken(deps);
    // Processes that start together leave each other's links alone.
    deps.clock.advance(61_000);
    const second = await setupToken(deps);
    const client = officeClient(deps);
    const status = async (token: string) => (await client.send('POST', 'setup/owner', { token, ...OWNER })).status;
    expect(await status('not-the-token')).toBe(422);
    expect(await status(first)).toBe(422);
    deps.clock.advance(24 * 3_600_000);
    expect(await status(second)).toBe(422);
    expect((await client.send('GET', 'state')).json).toMatchObject({ phase: 'needsOwner' });
  });

  it('is stored as a hash only, and stands in the fragment, which no log ever sees', async () => {
    const token = await setupToken(deps);
    const rows = await deps.db.selectFrom('setup_links').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(rows).toHaveLength(1);
  });

  it('wants a password of twelve characters', async () => {
    const token = await setupToken(deps);
    const short = { token, ...OWNER, password: 'elevenchars' };
    expect((await officeClient(deps).send('POST', 'setup/owner', short)).status).toBe(400);
    expect((await officeClient(deps).send('POST', 'setup/check', { token })).status).toBe(200);
  });
});

describe('the steps after it', () => {
  it('are stored one by one, so that one can leave and come back', async () => {
    const client = await ownShop(deps);
    const setup = async () => ((await client.send('GET', 'state')).json as { setup: unknown }).setup;
    expect(await setup()).toEqual({ business: true, program: false, staff: false, till: false });
    await client.send('POST', 'program/publish', { program: both({ scale: 0 }), basis: '' });
    expect(await setup()).toMatchObject({ program: true, staff: false });
    await client.send('POST', 'staff', { name: 'Anna', role: 'owner', pin: '729405' });
    expect(await setup()).toMatchObject({ staff: true, till: false });
    await client.send('POST', 'setup/finish');
    expect(await setup()).toBeNull();
  });

  it('check the settings at the door', async () => {
    const client = await ownShop(deps);
    const status = async (change: object) => (await client.send('PUT', 'business', { ...SETTINGS, ...change })).status;
    expect(await status({ currency: 'XXX' })).toBe(400);
    expect(await status({ timeZone: 'Europe/Atlantis' })).toBe(400);
    expect(await status({ languages: [] })).toBe(400);
    expect(await status({ color: 'red' })).toBe(400);
    expect(await status({ currency: 'EUR', cutOverHour: 0 })).toBe(200);
    expect((await client.send('GET', 'business')).json).toMatchObject({ settings: { currency: 'EUR' } });
  });
});
