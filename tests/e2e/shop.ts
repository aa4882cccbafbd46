import { randomUUID } from 'node:crypto';
import type { Effect } from '../../src/loyalty/effects.ts';
import { both } from '../../src/loyalty/presets.ts';
import type { Program } from '../../src/loyalty/program.ts';
import { CARD_HEADER } from '../../src/protocol/card/cardApi.ts';
import type { CardDocument } from '../../src/protocol/card/cardDocument.ts';
import { OFFICE_HEADER } from '../../src/protocol/office/officeApi.ts';
import type { OfficeBusiness, OfficeProgram, OfficeToday, PairingCode } from '../../src/protocol/office/officeApi.ts';
import { until, type Shop } from './harness.ts';

export const OWNER = { name: 'Olga', email: 'olga@example.com', password: 'a long enough phrase' };
export const BARISTA = { name: 'Bea', pin: '4729' };
export const MANAGER = { name: 'Marton', pin: '580317' };

/** Three stamps and the fourth is free; one stamp a visit, one point per 100 Ft. */
const PROGRAM: Program = both({
  scale: 0,
  takes: 3,
  giftIsLast: true,
  category: null,
  name: { en: 'Coffee card', hu: 'Kávékártya' },
  gift: { en: 'Gift coffee', hu: 'Ajándék kávé' },
  giftCost: 450,
});

/** The office of a shop, spoken to as its app does. */
export interface Office {
  get<T>(path: string): Promise<T>;
  send<T>(method: 'POST' | 'PUT' | 'PATCH', path: string, body: unknown): Promise<T>;
  text(path: string): Promise<string>;
  pairingCode(till: string): Promise<string>;
  today(): Promise<OfficeToday>;
  /** Every event of the ledger, as the export gives it. */
  ledger(): Promise<readonly LedgerLine[]>;
  readonly joinCode: string;
}

export interface LedgerLine {
  readonly gseq: number;
  readonly hash: string;
  readonly member: string | null;
  readonly booked: readonly Effect[];
  readonly event: {
    readonly id: string;
    readonly device: string;
    readonly run: string;
    readonly seq: number;
    readonly fact: { readonly kind: string };
  };
}

/** Does the owner's first evening through the same API as the office app: business, program, staff. */
export async function setUpShop(shop: Shop): Promise<Office> {
  let token: string | undefined;
  await until(() => {
    token = /\/office\/setup#([\w-]+)/.exec(shop.output())?.[1];
    return token !== undefined;
  }, 'the setup link');
  let cookie = '';
  const call = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const answer = await fetch(`${shop.origin}/office/api${path}`, {
      method,
      headers: { 'content-type': 'application/json', [OFFICE_HEADER]: '1', cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const owner = await call('POST', '/setup/owner', { token, ...OWNER });
  cookie = (owner.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const send = async <T>(method: string, path: string, body: unknown) =>
    (await (await call(method, path, body)).json()) as T;
  const get = async <T>(path: string) => (await (await call('GET', path)).json()) as T;
  const text = async (path: string) => (await call('GET', path)).text();

  await send('PUT', '/business', {
    name: 'Test Café',
    currency: 'HUF',
    timeZone: 'Europe/Budapest',
    cutOverHour: 4,
    languages: ['en', 'hu'],
    color: '#b23a1e',
    address: 'te',
  });
  const { current } = await get<OfficeProgram>('/program');
  await send('POST', '/program/publish', { program: PROGRAM, basis: current?.hash ?? '' });
  await send('POST', '/staff', { ...BARISTA, role: 'staff' });
  await send('POST', '/staff', { ...MANAGER, role: 'manager' });
  const business = await get<OfficeBusiness>('/business');
  await send('POST', '/setup/finish', {});
  const location = business.locations[0];
  if (location === undefined) throw new Error('the set-up made no location');
  return {
    get,
    send,
    text,
    pairingCode: async (name) =>
      (await send<PairingCode>('POST', '/tills/pairing', { name, location: location.id })).code,
    today: () => get<OfficeToday>('/today'),
    ledger: async () =>
      (await text('/export.ndjson'))
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => readLine(JSON.parse(line) as ExportLine)),
    joinCode: business.joinUrl.split('/').at(-1) ?? '',
  };
}

interface ExportLine {
  readonly gseq: number;
  readonly hash: string;
  readonly member: string | null;
  readonly booked: readonly Effect[];
  readonly bytes: string;
}

const readLine = ({ gseq, hash, member, booked, bytes }: ExportLine): LedgerLine => ({
  gseq,
  hash,
  member,
  booked,
  event: JSON.parse(bytes) as LedgerLine['event'],
});

/** A customer who joined with a phone: what their card holds, and the code to hold before a camera. */
export interface PhoneCustomer {
  readonly name: string;
  readonly member: string;
  /** The static code, as a screenshot or a print shows it. */
  readonly qr: string;
  card(): Promise<CardDocument>;
}

export async function joinByPhone(shop: Shop, office: Office, name: string): Promise<PhoneCustomer> {
  let cookie = '';
  const call = async (path: string, body?: unknown): Promise<CardDocument> => {
    const answer = await fetch(`${shop.origin}/c/api${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', [CARD_HEADER]: '1', cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    const set = answer.headers.get('set-cookie');
    if (set !== null) cookie = set.split(';')[0] ?? cookie;
    return (await answer.json()) as CardDocument;
  };
  const joined = await call('/join', { shop: office.joinCode, join: randomUUID(), language: 'en' });
  await call('/profile', { name, callName: null });
  return { name, member: joined.member, qr: `${joined.qrPrefix}${joined.token}`, card: () => call('/card') };
}
