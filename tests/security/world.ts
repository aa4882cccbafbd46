import type { Hono } from 'hono';
import { toBase64Url } from '../../src/protocol/bytes.ts';
import type { CardDocument } from '../../src/protocol/card/cardDocument.ts';
import { pairingText, proofHeader, signText } from '../../src/protocol/deviceProof.ts';
import { hashText, programHash } from '../../src/protocol/hash.ts';
import type { PairAnswer } from '../../src/protocol/pairing.ts';
import { emptyProfile } from '../../src/protocol/profile.ts';
import { createApp } from '../../src/server/app.ts';
import { createLog } from '../../src/server/log.ts';
import { insertAccount } from '../../src/server/store/accounts.ts';
import { putDocument } from '../../src/server/store/documents.ts';
import { createTestDeps, type TestDeps } from '../../src/server/testing/testDeps.ts';
import { testBusiness, testProgram } from '../../src/server/testing/testShop.ts';
import { startSession } from '../../src/server/usecases/office/account/sessions.ts';
import { createPairingCode } from '../../src/server/usecases/pair.ts';
import { recordServerEvents } from '../../src/server/usecases/recordServerEvents.ts';
import { NO_LIMITS } from '../sync/testServer.ts';

const ORIGIN = 'https://cards.example';
export const METRICS_TOKEN = 'metrics-token-of-the-test';
const SETUP_TOKEN = 'setup-token-of-the-test';

/** Whoever can ask for something. */
export const CALLERS = [
  'nobody',
  'device',
  'revoked',
  'office',
  'signedOut',
  'expired',
  'card',
  'setup',
  'metrics',
  'nonsense',
] as const;
export type Caller = (typeof CALLERS)[number];

/** A paired tablet, as far as asking goes. */
export interface Device {
  readonly id: string;
  readonly key: CryptoKey;
}

/** One of two shops on the same server, with everything that somebody else must not get at. */
export interface Tenant {
  readonly id: string;
  /** Stands in every name and text of this shop that is not public, and nowhere else. */
  readonly mark: string;
  readonly device: Device;
  readonly revoked: Device;
  readonly office: string;
  readonly signedOut: string;
  readonly expired: string;
  readonly card: string;
  readonly member: string;
  readonly token: string;
  readonly recoveryCode: string;
  readonly staff: string;
  readonly location: string;
  readonly exception: string;
  readonly account: string;
}

export interface World {
  readonly app: Hono;
  readonly deps: TestDeps;
  readonly a: Tenant;
  readonly b: Tenant;
  readonly setupToken: string;
  /** All that the server has logged, at its most talkative. */
  readonly log: readonly string[];
}

/** Two shops, each with a till, a revoked till, an owner, a customer with a phone, and an exception. */
export async function openWorld(settings: Parameters<typeof createTestDeps>[0] = {}): Promise<World> {
  const parts = await createTestDeps({ mode: 'live', publicUrl: ORIGIN, metricsToken: METRICS_TOKEN, ...settings });
  const log: string[] = [];
  const deps = { ...parts, log: createLog({ logLevel: 'trace' }, { write: (line: string) => void log.push(line) }) };
  const app = createApp(deps, { rates: NO_LIMITS });
  const a = await openTenant(deps, app, 'alder');
  const b = await openTenant(deps, app, 'birch');
  const expires_at = deps.clock.now() + 60_000;
  await deps.db
    .insertInto('setup_links')
    .values({ hash: hashText(SETUP_TOKEN), expires_at })
    .execute();
  return { app, deps, a, b, setupToken: SETUP_TOKEN, log };
}

async function openTenant(deps: TestDeps, app: Hono, id: string): Promise<Tenant> {
  const { db, clock } = deps;
  const mark = `secret-of-${id}`;
  const [staff, location, account, exception] = ['staff', 'location', 'account', 'exception'].map(
    (kind) => `${kind}-${id}`,
  ) as [string, string, string, string];
  const program = { ...testProgram, secret: mark };
  const hash = programHash(program);
  const business = { ...testBusiness, id, name: `Shop ${id}`, demo: false, program: hash };
  const pin = { salt: 'c2FsdA==', iterations: 1, hash: 'aGFzaA==' };
  await putDocument(db, id, { kind: 'business', id, data: business });
  await putDocument(db, id, { kind: 'program', id: hash, data: { hash, publishedAt: clock.now(), program } });
  await putDocument(db, id, { kind: 'location', id: location, data: { id: location, name: `Counter ${mark}` } });
  const person = { id: staff, name: `Bea ${mark}`, role: 'staff', active: true, pin } as const;
  await putDocument(db, id, { kind: 'staff', id: staff, data: person });
  const email = `${mark}@example.com`;
  await insertAccount(db, { business: id, account, name: mark, email, password: 'none', created_at: clock.now() });
  await db.insertInto('office_setups').values({ business: id, finished_at: null }).execute();
  const { joined, cookie } = await joinByPhone(app, id);
  const { member, token, recoveryCode } = joined;
  const profile = { ...emptyProfile(member), name: `Nagy ${mark}`, phone: '+36 30 123 4567' };
  await putDocument(db, id, { kind: 'profile', id: member, data: profile });
  const sale = { kind: 'sale', total: 1200, lines: [], hour: 10, external: mark } as const;
  await recordServerEvents(deps, id, [{ member, fact: sale, staff: null }]);
  const device = await pairTill(deps, app, id, location);
  const revoked = await pairTill(deps, app, id, location);
  await putException(deps, { id, exception, member, device: device.id, staff });
  const who = { business: id, account };
  const expired = await startSession(deps, who, mark);
  const old = clock.now() - 31 * 86_400_000;
  await db.updateTable('office_sessions').set({ created_at: old }).where('hash', '=', hashText(expired)).execute();
  const [office, signedOut] = [await startSession(deps, who, mark), await startSession(deps, who, mark)];
  const session = (secret: string) => `__Host-office=${secret}`;
  const leave = { 'x-regulars-office': '1', 'content-type': 'application/json', cookie: session(signedOut) };
  await app.request('/office/api/sign-out', { method: 'POST', headers: leave, body: '{}' });
  await app.request(`/office/api/tills/${revoked.id}/revoke`, {
    method: 'POST',
    headers: { ...leave, cookie: session(office) },
    body: '{}',
  });
  return {
    id,
    mark,
    device,
    revoked,
    member,
    token,
    staff,
    location,
    exception,
    account,
    card: cookie,
    office: session(office),
    signedOut: session(signedOut),
    expired: session(expired),
    recoveryCode: recoveryCode ?? '',
  };
}

async function joinByPhone(app: Hono, shop: string): Promise<{ joined: CardDocument; cookie: string }> {
  const answer = await app.request('/c/api/join', {
    method: 'POST',
    headers: { 'x-regulars-card': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ shop, join: '00000000-0000-4000-8000-000000000001', language: 'hu' }),
  });
  if (answer.status !== 200) throw new Error(`joining failed: ${answer.status} ${await answer.text()}`);
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { joined: (await answer.json()) as CardDocument, cookie };
}

/** Pairs a till; `asked`: the device that it says to have been before. */
export async function pairTill(
  deps: TestDeps,
  app: Hono,
  business: string,
  location: string,
  asked?: string,
): Promise<Device> {
  const { code } = await createPairingCode(deps, business, { deviceName: `Till ${business}`, location });
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const proof = await signText(pair.privateKey, pairingText(code, asked));
  const body = JSON.stringify({ code, publicKey: { x, y }, proof, ...(asked !== undefined && { device: asked }) });
  const answer = await app.request('/pair', { method: 'POST', body });
  if (answer.status !== 200) throw new Error(`pairing failed: ${answer.status}`);
  return { id: ((await answer.json()) as PairAnswer).device, key: pair.privateKey };
}

async function putException(
  { db, clock }: TestDeps,
  { id, exception, member, device, staff }: Record<'id' | 'exception' | 'member' | 'device' | 'staff', string>,
): Promise<void> {
  await putDocument(db, id, {
    kind: 'exception',
    id: exception,
    data: {
      id: exception,
      kind: 'overdrawn',
      gseq: 1,
      event: 'none',
      pair: null,
      member,
      device,
      staff,
      cost: 450,
      reward: null,
      voucher: null,
      unit: null,
      day: '2026-03-02',
      at: clock.now(),
      closed: false,
    },
  });
}

/** The `Authorization` header of a device for one request. */
export function proofOf(deps: TestDeps, { id, key }: Device, method: string, path: string, body: string) {
  const nonce = toBase64Url(deps.random.bytes(16));
  return proofHeader(id, key, { method, path, time: deps.clock.now(), nonce, body });
}
