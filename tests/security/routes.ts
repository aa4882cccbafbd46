import { testProgram } from '../../src/server/testing/testShop.ts';
import { CALLERS, type Caller, type Tenant } from './world.ts';

/**
 * Every route of the server and who may call it. A route that is missing here fails the test that reads this table, so that
 * nobody adds one without saying whom it is for.
 */
export interface RouteCase {
  readonly may: readonly Caller[];
  /** Answers to those who may; the first one is what a caller with everything right gets. */
  readonly ok: readonly number[];
  /** The answer to everybody else. */
  readonly refused: number | ((caller: Caller) => number);
  /** Path with the ids of a shop; without it the route's own path. */
  readonly path?: (of: Tenant) => string;
  readonly body?: (of: Tenant) => unknown;
  /** Answers to somebody who may do this in the other shop and names this shop's ids; without it, `ok`. */
  readonly foreign?: readonly number[];
}

type Shape = Partial<Omit<RouteCase, 'may' | 'refused'>>;

const anyone = (ok: number | readonly number[], shape: Shape = {}): RouteCase => ({
  may: CALLERS,
  ok: typeof ok === 'number' ? [ok] : ok,
  refused: 0,
  ...shape,
});
const office = (shape: Shape = {}): RouteCase => ({ may: ['office'], ok: [200], refused: 401, ...shape });
const card = (shape: Shape = {}): RouteCase => ({ may: ['card'], ok: [200], refused: 401, ...shape });
const till = (shape: Shape = {}): RouteCase => ({
  may: ['device'],
  ok: [200],
  refused: (caller) => (caller === 'revoked' ? 403 : 401),
  ...shape,
});
/** What a revoked till may still do: bring what it has, and go. */
const anyTill = (shape: Shape = {}): RouteCase => ({ may: ['device', 'revoked'], ok: [200], refused: 401, ...shape });
const page = anyone([200, 503]);

const settings = {
  name: 'New name',
  currency: 'HUF',
  timeZone: 'Europe/Budapest',
  cutOverHour: 4,
  languages: ['hu'],
  color: '#2f6b4f',
  address: 'te',
};
const health = { build: 'test', unsent: 0, oldestUnsentAt: null, persisted: true };
const join = '00000000-0000-4000-8000-000000000002';
const NOWHERE = `epoch=none&gseq=0&chain=${'0'.repeat(64)}&rev=0`;

export const ROUTES: Readonly<Record<string, RouteCase>> = {
  'GET /health': anyone(200),
  'GET /ready': anyone(200),
  'GET /metrics': { may: ['metrics'], ok: [200], refused: 404 },

  'POST /pair': anyone(403, { body: () => ({ code: 'CDFG-HJKM', publicKey: { x: 'x', y: 'y' }, proof: 'p' }) }),
  'POST /sync/push': anyTill({
    body: () => ({ protocol: 1, run: 'run-1', events: [], patches: [], programs: [], health }),
  }),
  'POST /sync/offer': till({ body: () => ({ protocol: 1, known: [], admissions: [], programs: [], profiles: [] }) }),
  'POST /sync/leave': anyTill({ body: (of) => ({ staff: of.staff }) }),
  'GET /sync/pull': till({ path: () => `/sync/pull?${NOWHERE}`, ok: [200, 409] }),
  'GET /sync/snapshot': till(),
  'GET /sync/snapshot/pages/:page': till({ path: () => '/sync/snapshot/pages/0' }),
  'GET /sync/live': till(),

  'GET /c/api/shop/:shop': anyone(200, { path: (of) => `/c/api/shop/${of.id}` }),
  'GET /c/api/card': card(),
  'POST /c/api/join': anyone(200, { body: (of) => ({ shop: of.id, join, language: 'hu' }) }),
  'POST /c/api/found': anyone(200, { body: (of) => ({ token: of.token }) }),
  'POST /c/api/claim': anyone([200, 409], { body: (of) => ({ token: of.token, join, language: 'hu' }) }),
  'POST /c/api/recover': anyone([404, 429], { body: () => ({ code: 'AAAAA-BBBBB-CCCCC' }) }),
  'POST /c/api/comeback': anyone([404, 429], { body: () => ({ key: 'k'.repeat(43) }) }),
  'POST /c/api/profile': card({ body: () => ({ name: 'Kovács Bea', callName: null }) }),
  'POST /c/api/recovery': card(),
  'POST /c/api/voucher': card({ body: () => ({ reward: 'gift', voucher: null }) }),
  'POST /c/api/forget': card(),
  'POST /c/api/erase': card(),
  'GET /c/api/manifest.webmanifest': anyone(200),
  'GET /c/api/live': card(),
  'GET /:c{[cC]}/:token{[a-zA-Z2-7]{144}|[a-zA-Z2-7]{157}}': anyone(302, { path: (of) => `/c/${of.token}` }),

  'POST /office/api/setup/check': { may: ['setup'], ok: [200], refused: 422, body: () => ({ token: 'wrong' }) },
  // Even the right link makes no second owner.
  'POST /office/api/setup/owner': anyone([422, 429], {
    body: () => ({ token: 'wrong', name: 'Eve', email: 'eve@example.com', password: 'a long enough one' }),
  }),
  'GET /office/api/state': anyone(200),
  'POST /office/api/sign-in': anyone([422, 429], { body: () => ({ email: 'eve@example.com', password: 'wrong' }) }),
  'POST /office/api/sign-out': office(),
  'POST /office/api/password': office({ ok: [422], body: () => ({ current: 'wrong', next: 'a long enough one' }) }),
  'GET /office/api/sessions': office(),
  'POST /office/api/sessions/end-others': office(),
  'GET /office/api/business': office(),
  'PUT /office/api/business': office({ body: () => settings }),
  'POST /office/api/locations': office({ body: () => ({ name: 'Second' }) }),
  'PATCH /office/api/locations/:id': office({
    path: (of) => `/office/api/locations/${of.location}`,
    body: () => ({ name: 'Renamed' }),
    foreign: [404],
  }),
  'GET /office/api/program': office(),
  'POST /office/api/program/publish': office({ ok: [409], body: () => ({ program: testProgram, basis: 'other' }) }),
  'GET /office/api/staff': office(),
  'POST /office/api/staff': office({ ok: [422], body: () => ({ name: 'Eve', role: 'staff', pin: '1111' }) }),
  'PATCH /office/api/staff/:id': office({
    path: (of) => `/office/api/staff/${of.staff}`,
    body: () => ({ name: 'Renamed' }),
    foreign: [404],
  }),
  'GET /office/api/today': office(),
  'POST /office/api/exceptions/close': office({
    body: (of) => ({ id: of.exception, note: '', lift: true }),
    foreign: [404],
  }),
  'GET /office/api/patterns': office(),
  'POST /office/api/patterns/settle': office({ body: () => ({ id: 'bursts/2026-03-02/x' }) }),
  'POST /office/api/setup/finish': office(),
  'GET /office/api/tills': office(),
  'POST /office/api/tills/pairing': office({
    body: (of) => ({ name: 'Till', location: of.location, replaces: of.device.id }),
    foreign: [404],
  }),
  'PATCH /office/api/tills/:id': office({
    path: (of) => `/office/api/tills/${of.device.id}`,
    body: () => ({ name: 'Renamed' }),
    foreign: [404],
  }),
  'POST /office/api/tills/:id/code': office({
    path: (of) => `/office/api/tills/${of.device.id}/code`,
    ok: [200, 422],
    foreign: [422],
  }),
  'POST /office/api/tills/:id/revoke': office({
    path: (of) => `/office/api/tills/${of.device.id}/revoke`,
    foreign: [404],
  }),
  'POST /office/api/tills/:id/copies-settled': office({
    path: (of) => `/office/api/tills/${of.device.id}/copies-settled`,
  }),
  'POST /office/api/tills/journal': office({ ok: [422], body: () => ({ file: 'no file' }) }),
  'GET /office/api/balances': office(),
  'POST /office/api/balances/check': office({ body: () => ({ repair: false }) }),
  'GET /office/api/members': office({ path: (of) => `/office/api/members?query=${of.member}` }),
  'POST /office/api/members/:id/erase': office({
    path: (of) => `/office/api/members/${of.member}/erase`,
    foreign: [404],
  }),
  'GET /office/api/export.ndjson': office(),
  'GET /office/api/export.csv': office(),

  'GET /': anyone(302),
  'GET /till': anyone(302),
  'GET /till/*': page,
  'GET /c': anyone(302),
  'GET /c/*': page,
  'GET /office': anyone(302),
  'GET /office/*': page,
  'GET /favicon.ico': anyone(302),
  'GET /C/*': page,
  'GET /*': anyone(404, { path: () => '/nothing/here' }),
};

/** What the demo adds; a live server has none of it. */
export const DEMO_ROUTES = [
  'GET /',
  'GET /demo/start.css',
  'GET /demo/fonts/:file',
  'GET /demo/card.svg',
  'GET /demo/card',
] as const;
