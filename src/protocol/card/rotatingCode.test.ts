import { beforeAll, describe, expect, test } from 'vitest';
import type { CardCode } from './cardToken.ts';
import { issueCardToken, readCardText, verifyCardToken } from './cardToken.ts';
import type { CardKeys } from '../documents.ts';
import {
  cardDayKeyOf,
  checkRotating,
  dayKeyOf,
  rotatingText,
  UNSURE_WINDOWS,
  untilNextWindow,
  utcDayOf,
} from './rotatingCode.ts';

const BUSINESS = 'b1';
const CARD = '00112233445566778899aabbccddeeff';
const PREFIX = 'HTTPS://CARD.EXAMPLE/C/';
const SECRET = new Uint8Array(32).fill(9);
const NOON = Date.UTC(2026, 2, 1, 12);
let token: string;
let keys: CardKeys;

const dayKeys = (...days: readonly string[]) => Object.fromEntries(days.map((day) => [day, dayKeyOf(SECRET, day)]));
const phoneKeys = (days: Readonly<Record<string, string>>, card = CARD) =>
  Object.fromEntries(Object.entries(days).map(([day, key]) => [day, cardDayKeyOf(key, card) ?? '']));

async function shown(at: number): Promise<CardCode> {
  const text = await rotatingText(PREFIX, token, phoneKeys(dayKeys(utcDayOf(at))), at);
  const card = readCardText(text ?? '');
  if (card.kind !== 'card') throw new Error('no rotating text');
  return card;
}

beforeAll(async () => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  keys = { signing: [{ kid: 1, x, y }], rotating: dayKeys('2026-02-28', '2026-03-01', '2026-03-02') };
  token = await issueCardToken({ kid: 1, key: pair.privateKey }, BUSINESS, CARD, 492_000);
});

describe('the rotating code', () => {
  test('is fresh for about a minute on either side, and genuine like the static one', async () => {
    const card = await shown(NOON);
    expect(await verifyCardToken(card, keys, BUSINESS)).toBe('genuine');
    for (const seconds of [-60, -30, 0, 30, 60, 89]) {
      expect(await checkRotating(card, keys, NOON + seconds * 1000)).toBe('fresh');
    }
    for (const seconds of [-61, 90, 3600]) expect(await checkRotating(card, keys, NOON + seconds * 1000)).toBe('stale');
    expect(await checkRotating(card, keys, NOON + 299_000, UNSURE_WINDOWS)).toBe('fresh');
  });

  test('holds across midnight UTC: the day is that of the window', async () => {
    const midnight = Date.UTC(2026, 2, 2);
    expect(await checkRotating(await shown(midnight - 1), keys, midnight + 20_000)).toBe('fresh');
    expect(await checkRotating(await shown(midnight + 1), keys, midnight - 20_000)).toBe('fresh');
  });

  test('of a day without key says so, and the phone without key shows the static one', async () => {
    const later = NOON + 10 * 86_400_000;
    expect(await checkRotating(await shown(later), keys, later)).toBe('noKey');
    expect(await rotatingText(PREFIX, token, {}, NOON)).toBeNull();
    const still = readCardText(PREFIX + token);
    expect(still.kind === 'card' && (await checkRotating(still, keys, NOON))).toBe('static');
  });

  test('with another code, another window or another card is never fresh', async () => {
    const card = await shown(NOON);
    const { window } = card.rotating ?? { window: 0 };
    const code = (card.rotating?.code ?? '').replace(/^./, (symbol) => (symbol === '0' ? '1' : '0'));
    expect(await checkRotating({ ...card, rotating: { window, code } }, keys, NOON)).toBe('stale');
    const moved = { window: window + 1, code: card.rotating?.code ?? '' };
    expect(await checkRotating({ ...card, rotating: moved }, keys, NOON)).toBe('stale');
    expect(await checkRotating({ ...card, cardId: 'f'.repeat(32) }, keys, NOON)).toBe('stale');
  });

  test('damaged keys are no keys', async () => {
    const card = await shown(NOON);
    expect(await checkRotating(card, { ...keys, rotating: { '2026-03-01': '%%' } }, NOON)).toBe('noKey');
    expect(await rotatingText(PREFIX, token, { '2026-03-01': '%%' }, NOON)).toBeNull();
    expect(await rotatingText(PREFIX, 'no token 1', phoneKeys(dayKeys('2026-03-01')), NOON)).toBeNull();
  });

  test('the next one comes at the half minute', () => {
    expect(untilNextWindow(NOON)).toBe(30_000);
    expect(untilNextWindow(NOON + 29_999)).toBe(1);
  });
});
