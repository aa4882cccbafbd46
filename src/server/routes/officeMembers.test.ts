import { beforeEach, expect, it, vi } from 'vitest';
import type { BalanceCheckLine, OfficeMember } from '../../protocol/office/officeApi.ts';
import { emptyProfile } from '../../protocol/profile.ts';
import { createApp } from '../app.ts';
import { forBusiness } from '../store/connection/context.ts';
import { getDocument, putDocument } from '../store/documents.ts';
import { officeClient, ownShop } from '../testing/officeClient.ts';
import type { OfficeClient } from '../testing/officeClient.ts';
import { createTestDeps } from '../testing/testDeps.ts';
import type { TestDeps } from '../testing/testDeps.ts';
import { createTestShop, TEST_SHOP } from '../testing/testShop.ts';
import { recordServerEvents } from '../usecases/recordServerEvents.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let deps: TestDeps;
let owner: OfficeClient;
let business: string;
beforeEach(async () => {
  deps = await createTestDeps({ mode: 'live', publicUrl: 'https://cards.example' });
  owner = await ownShop(deps);
  business = ((await owner.send('GET', 'business')).json as { id: string }).id;
  await enroll(business, 'anna', 'Ágnes Őszi', '+36 30 123 4567');
});

async function enroll(shop: string, member: string, name: string, phone: string): Promise<void> {
  await recordServerEvents(deps, shop, [{ member, staff: null, fact: { kind: 'enrolled', via: 'office' } }]);
  const data = { ...emptyProfile(member), name, phone };
  await forBusiness(shop, () => putDocument(deps.db, shop, { kind: 'profile', id: member, data }));
}

const search = async (query: string): Promise<readonly OfficeMember[]> =>
  (await owner.send('GET', `members?query=${encodeURIComponent(query)}`)).json;

it('finds members by name, number, part of either or id, without accents and case, and nobody of another shop', async () => {
  await createTestShop(deps);
  await enroll(TEST_SHOP, 'other', 'Ágnes Másik', '+36 30 123 9999');
  for (const query of ['agnes', 'OSZI ag', '06 30 123 4567', '4567', 'anna']) {
    expect(await search(query)).toMatchObject([{ id: 'anna', name: 'Ágnes Őszi' }]);
  }
  for (const query of ['', 'a', 'masik', '9999', 'other', '123']) expect(await search(query)).toEqual([]);
});

it('erases a member of the own shop, for whoever is signed in alone', async () => {
  await createTestShop(deps);
  await enroll(TEST_SHOP, 'other', 'Ágnes Másik', '+36 30 123 9999');
  const stranger = officeClient(deps, createApp(deps));
  expect((await stranger.send('POST', 'members/anna/erase')).status).toBe(401);
  expect((await stranger.send('GET', 'members?query=agnes')).status).toBe(401);
  expect((await owner.send('POST', 'members/other/erase')).status).toBe(404);
  expect((await owner.send('POST', 'members/anna/erase')).status).toBe(200);
  expect(await search('agnes')).toEqual([]);
  expect(await forBusiness(business, () => getDocument(deps.db, business, 'profile', 'anna'))).toBeNull();
  const other = await forBusiness(TEST_SHOP, () => getDocument(deps.db, TEST_SHOP, 'profile', 'other'));
  expect(other).toMatchObject({ name: 'Ágnes Másik' });
});

it('checks the balances line by line, and remembers the last check', async () => {
  expect((await owner.send('GET', 'balances')).json).toBeNull();
  const { text, status } = await owner.send('POST', 'balances/check', { repair: false });
  expect(status).toBe(200);
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as BalanceCheckLine);
  expect(lines.at(-1)).toMatchObject({ check: { differing: 0, members: 1, entries: 1, fault: null } });
  expect((await owner.send('GET', 'balances')).json).toMatchObject({ differing: 0 });
  expect((await owner.send('POST', 'balances/check', {})).status).toBe(400);
});
