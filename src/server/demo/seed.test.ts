import { beforeAll, describe, expect, it } from 'vitest';
import { eventHash } from '../../protocol/hash.ts';
import { readCardText } from '../../protocol/card/cardToken.ts';
import { apply } from '../../loyalty/apply.ts';
import type { Effect } from '../../loyalty/effects.ts';
import { emptyState } from '../../loyalty/emptyState.ts';
import { view } from '../../loyalty/view.ts';
import type { OfficePattern, OfficeToday } from '../../protocol/office/officeApi.ts';
import type { Profile } from '../../protocol/documents.ts';
import { createApp } from '../app.ts';
import { getDocument } from '../store/documents.ts';
import { readMember } from '../store/members.ts';
import { officeClient } from '../testing/officeClient.ts';
import { createTestDeps } from '../testing/testDeps.ts';
import type { TestDeps } from '../testing/testDeps.ts';
import { DEMO_BUSINESS, DEMO_OWNER } from './access.ts';
import { demoCard } from './demoCard.ts';
import { seedDemo } from './seed.ts';
import { createDemoShop } from './shop.ts';

let deps: TestDeps;
beforeAll(async () => {
  deps = await createTestDeps({ mode: 'demo' });
  // Late on a Monday, so that the day is full.
  deps.clock.set(Date.UTC(2026, 2, 2, 20, 0, 0));
  await seedDemo(deps);
}, 60_000);

async function nora() {
  const found = await demoCard(deps.db);
  const member = (await getDocument(deps.db, DEMO_BUSINESS, 'credential', found?.card ?? ''))?.member ?? '';
  return { found, member };
}

describe('the demo shop', () => {
  it('has Nóra with eight stamps and 142 points', async () => {
    const stored = await readMember(deps.db, DEMO_BUSINESS, (await nora()).member);
    const shop = await getDocument(deps.db, DEMO_BUSINESS, 'business', DEMO_BUSINESS);
    const version = await getDocument(deps.db, DEMO_BUSINESS, 'program', shop?.program ?? '');
    const dates = { birthday: null, nameDay: null, leapDay: '02-28' } as const;
    const shown = view(version!.program, stored!.state, dates, '2026-03-02');
    expect(shown.balances.map((one) => one.amount)).toEqual([8, 142]);
    expect(shown.balances[0]?.card?.filled).toBe(8);
  });

  it('knows a phone number of its own for everybody, by whose end the tills find them', async () => {
    const profiles = await deps.db.selectFrom('profiles').selectAll().execute();
    const phones = profiles.map(({ data }) => (JSON.parse(data ?? '{}') as Profile).phone ?? '');
    expect(phones.length).toBeGreaterThanOrEqual(40);
    expect(new Set(phones.map((phone) => phone.slice(-4))).size).toBe(phones.length);
  });

  it('was booked like any other shop: nothing in quarantine, every state the fold of what was booked', async () => {
    expect(await deps.db.selectFrom('quarantine').selectAll().execute()).toEqual([]);
    const members = await deps.db.selectFrom('members').selectAll().execute();
    expect(members.length).toBeGreaterThanOrEqual(40);
    const events = await deps.db.selectFrom('events').select(['member', 'booked']).orderBy('gseq').execute();
    for (const { member, state } of members) {
      const own = events.filter((event) => event.member === member);
      const folded = own.reduce((sum, event) => apply(sum, JSON.parse(event.booked) as Effect[]), emptyState());
      expect(JSON.parse(state)).toEqual(folded);
    }
  });

  it('shows the owner one gift that was given twice, with till, person and cost', async () => {
    const client = officeClient(deps);
    await client.send('POST', 'sign-in', { email: DEMO_OWNER.email, password: DEMO_OWNER.password });
    const today = (await client.send('GET', 'today')).json as OfficeToday;
    expect(today.exceptions).toMatchObject([
      {
        kind: 'doubleRedemption',
        till: '2. pult',
        staff: 'Dóra',
        cost: 350,
        other: { till: '1. pult', staff: 'Bence' },
      },
    ]);
    expect(today.sales.count).toBeGreaterThan(10);
    expect(today.tills.reduce((sum, till) => sum + till.sales, 0)).toBe(today.sales.count);
    expect(today.recentDays.at(-1)?.sales).toBe(today.sales.count);
  });

  it('has one thing worth a look, which stays away once it is found fine', async () => {
    const client = officeClient(deps);
    await client.send('POST', 'sign-in', { email: DEMO_OWNER.email, password: DEMO_OWNER.password });
    const patterns = (await client.send('GET', 'patterns')).json as OfficePattern[];
    expect(patterns).toMatchObject([{ kind: 'outsideHours', staff: 'Bence', till: '1. pult', count: 3 }]);
    const day = patterns[0]?.day;
    expect((await client.send('POST', 'patterns/settle', { id: patterns[0]?.id })).status).toBe(200);
    expect((await client.send('GET', 'patterns')).json).toEqual([]);
    expect((await client.send('GET', `patterns?day=${day}`)).json).toEqual([]);
    // Without opening hours there is nothing that they could be outside of.
    await client.send('PATCH', 'locations/demo-bartok', { name: 'Bartók Béla út', hours: null });
    await deps.db.deleteFrom('settled_patterns').execute();
    expect((await client.send('GET', 'patterns')).json).toEqual([]);
  });

  it('is exported byte for byte', async () => {
    const client = officeClient(deps);
    await client.send('POST', 'sign-in', { email: DEMO_OWNER.email, password: DEMO_OWNER.password });
    const file = await client.send('GET', 'export.ndjson');
    const lines = file.text.trimEnd().split('\n');
    const rows = await deps.db.selectFrom('events').select(['gseq', 'bytes', 'hash']).orderBy('gseq').execute();
    expect(lines).toHaveLength(rows.length);
    for (const [at, line] of lines.entries()) {
      const entry = JSON.parse(line) as { gseq: number; bytes: string; hash: string };
      expect(entry).toMatchObject(rows[at] ?? {});
      expect(eventHash(entry.bytes)).toBe(entry.hash);
    }
    const csv = await client.send('GET', 'export.csv');
    expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="regulars-ledger-.*\.csv"$/);
    expect(csv.text.trimEnd().split('\r\n')).toHaveLength(rows.length + 1);
    expect(csv.text).not.toContain('Kelemen');
  });

  it('starts with a page in the language of the browser, with a genuine card on it', async () => {
    const app = createApp(deps);
    const page = async (language: string) => {
      return (await app.request('/', { headers: { 'accept-language': language } })).text();
    };
    expect(await page('hu-HU,hu;q=0.9')).toContain('Bemutató');
    expect(await page('de-DE,en;q=0.5')).toContain('Be the barista');
    expect(await page('en')).not.toMatch(/<style|style=|<script/);
    expect(await (await app.request('/demo/card.svg')).text()).toContain('<svg');
    const { found } = await nora();
    expect(readCardText(found?.token ?? '')).toMatchObject({ kind: 'card', cardId: found?.card });
    const opened = await app.request('/demo/card');
    expect(opened.headers.get('location')).toBe('/c/');
    expect(opened.headers.get('set-cookie')).toContain('regulars-card=');
  });

  it('is seeded once', async () => {
    const count = async () => (await deps.db.selectFrom('events').select('gseq').execute()).length;
    const before = await count();
    await seedDemo(deps);
    expect(await count()).toBe(before);
  });

  it('is made anew where the first start was cut short', async () => {
    const half = await createTestDeps({ mode: 'demo' });
    half.clock.set(deps.clock.now());
    await createDemoShop(half, 0);
    await half.db
      .insertInto('devices')
      .values(await deps.db.selectFrom('devices').selectAll().execute())
      .execute();
    await seedDemo(half);
    const devices = await half.db.selectFrom('devices').select('device').execute();
    expect(devices.map((one) => one.device).sort()).toEqual(['demo-till-1', 'demo-till-2']);
    expect(await demoCard(half.db)).not.toBeNull();
  }, 60_000);

  it('is not there in a real installation', async () => {
    const live = await createTestDeps({ mode: 'live', publicUrl: 'https://cards.example' });
    await expect(seedDemo(live)).rejects.toThrow();
    const app = createApp(live);
    expect((await app.request('/demo/card')).status).toBe(404);
    expect((await app.request('/')).headers.get('location')).not.toBeNull();
  });
});
