import { beforeEach, describe, expect, test } from 'vitest';
import { defaultPolicies } from '../../loyalty/policies/defaultPolicies.ts';
import type { CardDocument } from '../../protocol/card/cardDocument.ts';
import type { FoundCard, ShopFace } from '../../protocol/card/cardApi.ts';
import { issueCardToken, readCardText, verifyCardToken } from '../../protocol/card/cardToken.ts';
import { checkRotating, rotatingText } from '../../protocol/card/rotatingCode.ts';
import { createApp } from '../app.ts';
import { getDocument } from '../store/documents.ts';
import { createTestDeps, type TestDeps } from '../testing/testDeps.ts';
import { createTestShop, TEST_SHOP, testProgram } from '../testing/testShop.ts';
import { cardSigner, freshenCardKeys } from '../usecases/card/cardKeys.ts';
import { recordServerEvents } from '../usecases/recordServerEvents.ts';

const DAY_MS = 86_400_000;
const PAPER = 'ab'.repeat(16);
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
let deps: TestDeps;
let app: ReturnType<typeof createApp>;

/** A phone: its cookie, and what it asks. */
function phone() {
  let cookie = '';
  const take = (response: Response) => {
    const set = response.headers.get('set-cookie');
    if (set) cookie = /Max-Age=0/i.test(set) ? '' : (set.split(';')[0] ?? '');
    return response;
  };
  return {
    get: async (path: string, headers: Record<string, string> = {}) =>
      take(await app.request(`/c/api/${path}`, { headers: { ...headers, cookie } })),
    post: async (path: string, body: unknown, headers: Record<string, string> = { 'x-regulars-card': '1' }) =>
      take(
        await app.request(`/c/api/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', cookie, ...headers },
          body: JSON.stringify(body),
        }),
      ),
    get cookie() {
      return cookie;
    },
  };
}
type Phone = ReturnType<typeof phone>;

async function joined(of: Phone, n = 1): Promise<CardDocument> {
  const response = await of.post('join', { shop: TEST_SHOP, join: uuid(n), language: 'hu' });
  expect(response.status).toBe(200);
  return (await response.json()) as CardDocument;
}

async function stamp(member: string): Promise<void> {
  const fact = { kind: 'sale', total: 1200, lines: [], hour: 10, external: null } as const;
  await recordServerEvents(deps, TEST_SHOP, [{ member, fact, staff: null }]);
}

const members = async () => (await deps.db.selectFrom('members').selectAll().execute()).length;

beforeEach(async () => {
  deps = await createTestDeps({ publicUrl: 'https://cards.example' });
  await createTestShop(deps);
  app = createApp(deps);
});

describe('deleting everything', () => {
  test('ends the card on every phone, forgets the name, and neither code nor paper brings it back', async () => {
    const [first, second] = [phone(), phone()];
    const card = await joined(first);
    await first.post('profile', { name: 'Nagy Ágnes', callName: null });
    const { recoveryCode } = (await (await first.post('recovery', {})).json()) as { recoveryCode: string };
    expect((await second.post('recover', { code: recoveryCode })).status).toBe(200);
    expect((await first.post('erase', {}, {})).status).toBe(403);
    expect((await first.post('erase', {})).status).toBe(200);
    for (const one of [first, second]) expect((await one.get('card')).status).toBe(401);
    expect(first.cookie).toBe('');
    expect((await phone().post('recover', { code: recoveryCode })).status).toBe(404);
    const found = await (await phone().post('found', { token: card.token })).json();
    expect(found).toMatchObject({ kind: 'blocked' });
    expect(await getDocument(deps.db, TEST_SHOP, 'profile', card.member)).toBeNull();
    expect((await phone().post('erase', {})).status).toBe(401);
    // Whoever comes again begins anew.
    expect((await joined(first, 2)).member).not.toBe(card.member);
  });
});

describe('joining', () => {
  test('shows anybody what can be had, and nothing of what it costs the shop or how far it lets its staff go', async () => {
    const other = await createTestDeps({ publicUrl: 'https://cards.example' });
    await createTestShop(other, { ...testProgram, policies: { ...testProgram.policies, earningEventsPerDay: 77 } });
    const response = await createApp(other).request(`/c/api/shop/${TEST_SHOP}`);
    const { program } = (await response.json()) as ShopFace;
    expect(program.rewards).toMatchObject([{ ...testProgram.rewards[0], costToShop: 0 }]);
    // But for how long a code for an offline till lasts, which the card's button depends on.
    expect(program.policies).toEqual({ ...defaultPolicies, phoneVoucherMinutes: 5 });
    expect(program).not.toHaveProperty('secret');
  });

  test('makes a member with a genuine card, whose rotating code a till accepts', async () => {
    const card = await joined(phone());
    expect(card.business.name).toBe('Test shop');
    expect(card.state.enrolledOn).not.toBeNull();
    expect(card.program).not.toHaveProperty('secret');
    expect(card.recoveryCode).toMatch(/^[2-9A-HJKMNP-Z]{5}(-[2-9A-HJKMNP-Z]{5}){2}$/);
    expect(card.qrPrefix).toBe('HTTPS://CARDS.EXAMPLE/C/');
    await freshenCardKeys(deps, TEST_SHOP);
    const keys = await getDocument(deps.db, TEST_SHOP, 'cardKeys', TEST_SHOP);
    const now = deps.clock.now();
    const code = readCardText((await rotatingText(card.qrPrefix, card.token, card.rotating, now)) ?? '');
    if (code.kind !== 'card' || !keys) throw new Error('no code or no keys');
    expect(await verifyCardToken(code, keys, TEST_SHOP)).toBe('genuine');
    expect(await checkRotating(code, keys, now)).toBe('fresh');
    expect(await getDocument(deps.db, TEST_SHOP, 'credential', code.cardId)).toMatchObject({ member: card.member });
  });

  test('sets a cookie that scripts and other sites cannot have, and no secret is stored as it is', async () => {
    const response = await phone().post('join', { shop: TEST_SHOP, join: uuid(1), language: 'hu' });
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-regulars-card=[\w-]{22};/);
    for (const word of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(word);
    const secret = /=([\w-]+);/.exec(cookie)?.[1] ?? '';
    const stored = JSON.stringify(await deps.db.selectFrom('card_sessions').selectAll().execute());
    expect(stored).not.toContain(secret);
  });

  test('twice with the same press joins once, whether the answer came or not', async () => {
    const mine = phone();
    const first = await joined(mine);
    expect((await joined(mine)).member).toBe(first.member);
    const lostAnswer = await joined(phone());
    expect(lostAnswer.member).toBe(first.member);
    expect(lostAnswer.recoveryCode).not.toBe(first.recoveryCode);
    expect(await members()).toBe(1);
    deps.clock.advance(2 * 3_600_000);
    const late = await phone().post('join', { shop: TEST_SHOP, join: uuid(1), language: 'hu' });
    expect(late.status).toBe(409);
  });

  test('by two taps at the same moment joins once', async () => {
    const [a, b] = await Promise.all([joined(phone(), 7), joined(phone(), 7)]);
    expect(a.member).toBe(b.member);
    expect(await members()).toBe(1);
  });

  test('is refused without our header, for a shop that is not there, and with a body of another shape', async () => {
    const body = { shop: TEST_SHOP, join: uuid(1), language: 'hu' };
    expect((await phone().post('join', body, {})).status).toBe(403);
    expect((await phone().post('join', { ...body, shop: 'nobody' })).status).toBe(404);
    expect((await phone().post('join', { ...body, join: 'again' })).status).toBe(400);
    expect(await members()).toBe(0);
  });
});

describe('the card of a phone', () => {
  test('is unknown without a cookie, unchanged by ETag, and new after a stamp, with its why', async () => {
    expect((await phone().get('card')).status).toBe(401);
    const mine = phone();
    const { member } = await joined(mine);
    const first = await mine.get('card');
    const etag = first.headers.get('etag') ?? '';
    deps.clock.advance(5000);
    expect((await mine.get('card', { 'if-none-match': etag })).status).toBe(304);
    await stamp(member);
    const later = await mine.get('card', { 'if-none-match': etag });
    expect(later.status).toBe(200);
    const card = (await later.json()) as CardDocument;
    expect(card.recoveryCode).toBeNull();
    expect(card.history.map((entry) => entry.kind)).toEqual(['sale', 'enrolled']);
    expect(card.history[0]).toMatchObject({ total: 1200, changes: [{ amount: 1 }], voided: false });
    expect(card.history[0]?.why).toMatchObject([{ kind: 'earned', because: { kind: 'visit' } }]);
  });

  test('tells a full card as its gift, not as stamps that went away', async () => {
    const mine = phone();
    const { member } = await joined(mine);
    for (let i = 0; i < 10; i += 1) await stamp(member);
    const card = (await (await mine.get('card')).json()) as CardDocument;
    expect(card.history[0]?.changes).toEqual([{ unit: card.program.units[0]?.id, amount: 1 }]);
    expect(card.history[0]?.rewards).toMatchObject([{ what: 'issued' }]);
    expect(card.history[0]?.why.map((why) => why.kind)).toEqual(expect.arrayContaining(['earned', 'issued', 'spent']));
  });

  test('takes a name, and never that of somebody else', async () => {
    const [mine, other] = [phone(), phone()];
    const { member } = await joined(mine, 1);
    await joined(other, 2);
    const response = await mine.post('profile', { name: ' Kovács Nóra ', callName: 'Nóra' });
    expect(((await response.json()) as CardDocument).profile).toMatchObject({
      member,
      name: 'Kovács Nóra',
      callName: 'Nóra',
      language: 'hu',
    });
    expect(((await (await other.get('card')).json()) as CardDocument).profile?.name).toBeNull();
    expect((await phone().post('profile', { name: 'x', callName: null })).status).toBe(401);
  });

  test('hears that it changed, and only that', async () => {
    const [mine, other] = [phone(), phone()];
    const { member } = await joined(mine, 1);
    const stranger = await joined(other, 2);
    const reader = (await mine.get('live')).body?.getReader();
    const text = async () => new TextDecoder().decode((await reader?.read())?.value);
    expect(await text()).toContain(': here');
    await stamp(stranger.member);
    await stamp(member);
    expect(await text()).toBe('event: changed\ndata: \n\n');
    await reader?.cancel();
  });
});

describe('a card opened with a camera', () => {
  const look = async (token: string, by = phone()) => (await (await by.post('found', { token })).json()) as FoundCard;

  test('of a phone is somebody’s already, and is never given away', async () => {
    const mine = phone();
    const { token } = await joined(mine);
    expect((await look(token)).kind).toBe('taken');
    expect((await look(token, mine)).kind).toBe('mine');
    expect((await phone().post('claim', { token, join: uuid(9), language: 'hu' })).status).toBe(409);
    expect(JSON.stringify(await look(token))).not.toContain('member');
  });

  test('printed ahead can be claimed once; what it collected comes along', async () => {
    const signer = await cardSigner(deps, TEST_SHOP);
    const token = await issueCardToken(signer, TEST_SHOP, PAPER, 490_000, true);
    const member = deps.random.id();
    const issued = { kind: 'credentialIssued', credential: PAPER, credentialKind: 'printed' } as const;
    await recordServerEvents(deps, TEST_SHOP, [
      { member, fact: { kind: 'enrolled', via: 'till' }, staff: null },
      { member, fact: issued, staff: null },
    ]);
    await stamp(member);
    const mine = phone();
    expect((await look(token, mine)).kind).toBe('claimable');
    const response = await mine.post('claim', { token, join: uuid(3), language: 'hu' });
    const card = (await response.json()) as CardDocument;
    expect(card.member).toBe(member);
    expect(card.token).not.toBe(token);
    expect(card.history.map((entry) => entry.kind)).toEqual(['sale', 'enrolled']);
    expect((await look(token, mine)).kind).toBe('mine');
    expect((await look(token)).kind).toBe('taken');
    expect((await phone().post('claim', { token, join: uuid(4), language: 'hu' })).status).toBe(409);
    expect(await members()).toBe(1);
  });

  test('that nobody has used yet makes a member; on a phone that has a card it is a second one', async () => {
    const token = await issueCardToken(await cardSigner(deps, TEST_SHOP), TEST_SHOP, PAPER, 490_000, true);
    const other = phone();
    await joined(other, 2);
    expect((await look(token, other)).kind).toBe('second');
    expect((await other.post('claim', { token, join: uuid(5), language: 'hu' })).status).toBe(409);
    const response = await phone().post('claim', { token, join: uuid(6), language: 'hu' });
    expect(((await response.json()) as CardDocument).state.credentials).toHaveProperty([PAPER]);
  });

  test('foreign or forged is unknown, revoked is blocked', async () => {
    const signer = await cardSigner(deps, TEST_SHOP);
    expect((await look(await issueCardToken(signer, 'another shop', PAPER, 490_000))).kind).toBe('unknown');
    const genuine = await issueCardToken(signer, TEST_SHOP, PAPER, 490_000);
    expect((await look(`${genuine.slice(0, 143)}${genuine.endsWith('A') ? 'B' : 'A'}`)).kind).toBe('unknown');
    const member = deps.random.id();
    const facts = [
      { kind: 'enrolled', via: 'till' },
      { kind: 'credentialIssued', credential: PAPER, credentialKind: 'static' },
      { kind: 'credentialRevoked', credential: PAPER, reason: 'lost' },
    ] as const;
    await recordServerEvents(
      deps,
      TEST_SHOP,
      facts.map((fact) => ({ member, fact, staff: null })),
    );
    expect((await look(genuine)).kind).toBe('blocked');
  });

  test('leads to the card’s page, with the token where no log sees it', async () => {
    const { token } = await joined(phone());
    for (const path of [`/C/${token}`, `/c/${token.toLowerCase()}`]) {
      const response = await app.request(path);
      expect(response.status).toBe(302);
      expect(response.headers.get('location')).toBe(`/c/#t=${token}`);
    }
  });
});

describe('coming back', () => {
  test('by the recovery code, however it is typed; a new code ends the one before', async () => {
    const mine = phone();
    const { recoveryCode, member } = await joined(mine);
    const typed = (recoveryCode ?? '').toLowerCase().replaceAll('-', ' ');
    const back = phone();
    expect(((await (await back.post('recover', { code: typed })).json()) as CardDocument).member).toBe(member);
    expect((await back.get('card')).status).toBe(200);
    const renewed = (await (await mine.post('recovery', {})).json()) as { recoveryCode: string };
    expect((await phone().post('recover', { code: typed })).status).toBe(404);
    expect((await phone().post('recover', { code: renewed.recoveryCode })).status).toBe(200);
  });

  test('guessing codes is slowed down', async () => {
    const statuses = [];
    for (let i = 0; i < 12; i += 1) statuses.push((await phone().post('recover', { code: `guess ${i}` })).status);
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 404));
    expect(statuses.at(-1)).toBe(429);
  });

  test('by the start address of the installed card', async () => {
    const mine = phone();
    const { member } = await joined(mine);
    const manifest = (await (await mine.get('manifest.webmanifest')).json()) as { start_url: string; name: string };
    expect(manifest.name).toBe('Test shop');
    const key = manifest.start_url.replace('/c/#k=', '');
    const back = phone();
    expect(((await (await back.post('comeback', { key })).json()) as CardDocument).member).toBe(member);
    expect((await phone().post('comeback', { key: key.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')) })).status).toBe(
      404,
    );
    expect(((await (await phone().get('manifest.webmanifest')).json()) as { start_url: string }).start_url).toBe('/c/');
  });

  test('taken off a phone, the card stays with the shop', async () => {
    const mine = phone();
    const { recoveryCode } = await joined(mine);
    expect((await mine.post('forget', {})).status).toBe(200);
    expect(mine.cookie).toBe('');
    expect((await mine.get('card')).status).toBe(401);
    expect((await mine.post('recover', { code: recoveryCode })).status).toBe(200);
  });
});

describe('the keys of tills', () => {
  test('reach as far as redeeming offline does, are renewed with the day, and are left alone otherwise', async () => {
    await freshenCardKeys(deps, TEST_SHOP);
    const keys = async () => getDocument(deps.db, TEST_SHOP, 'cardKeys', TEST_SHOP);
    const days = Object.keys((await keys())?.rotating ?? {});
    expect(days).toEqual(['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06']);
    const rev = async () => (await deps.db.selectFrom('businesses').select('rev').executeTakeFirst())?.rev;
    const before = await rev();
    await freshenCardKeys(deps, TEST_SHOP);
    expect(await rev()).toBe(before);
    deps.clock.advance(DAY_MS);
    await freshenCardKeys(deps, TEST_SHOP);
    expect(Object.keys((await keys())?.rotating ?? {}).at(-1)).toBe('2026-03-07');
    expect((await keys())?.signing).toHaveLength(1);
  });
});
