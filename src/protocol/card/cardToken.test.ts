import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { fromBase32, toBase32 } from '../base32.ts';
import type { CardCode, CardSigner } from './cardToken.ts';
import { issueCardToken, readCardText, verifyCardToken } from './cardToken.ts';
import type { CardKeys } from '../documents.ts';

const BUSINESS = '0199aaaa-0000-7000-8000-000000000001';
const CARD = '00112233445566778899aabbccddeeff';
const PREFIX = 'HTTPS://CARD.EXAMPLE/C/';
let signer: CardSigner;
let keys: CardKeys;
let token: string;

async function makeSigner(kid: number): Promise<{ signer: CardSigner; jwk: { kid: number; x: string; y: string } }> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { signer: { kid, key: pair.privateKey }, jwk: { kid, x, y } };
}

function read(text: string): CardCode {
  const card = readCardText(text);
  if (card.kind !== 'card') throw new Error(`not read: ${text}`);
  return card;
}

beforeAll(async () => {
  const made = await makeSigner(7);
  signer = made.signer;
  keys = { signing: [made.jwk], rotating: {} };
  token = await issueCardToken(signer, BUSINESS, CARD, 494_000);
});

describe('a card token', () => {
  test('is 144 symbols that stay in the QR alphanumeric set and tell what was signed', async () => {
    expect(token).toMatch(/^[A-Z2-7]{144}$/);
    const card = read(PREFIX + token);
    expect(card).toMatchObject({ cardId: CARD, kid: 7, issuedHour: 494_000, printed: false, rotating: null });
    expect(await verifyCardToken(card, keys, BUSINESS)).toBe('genuine');
  });

  test('is read in any case, bare, and with blanks around', async () => {
    for (const text of [
      token,
      token.toLowerCase(),
      ` ${PREFIX}${token}\n`,
      `http://localhost:4400/c/${token.toLowerCase()}`,
    ]) {
      expect(await verifyCardToken(read(text), keys, BUSINESS)).toBe('genuine');
    }
  });

  test('printed ahead says so, and its mark is signed', async () => {
    const printed = read(await issueCardToken(signer, BUSINESS, CARD, 494_000, true));
    expect(printed.printed).toBe(true);
    expect(await verifyCardToken(printed, keys, BUSINESS)).toBe('genuine');
    const bytes = printed.bytes.slice();
    bytes[0] = 0x21;
    expect(await verifyCardToken(read(toBase32(bytes)), keys, BUSINESS)).toBe('forged');
  });

  test('of another shop, of an unknown or a foreign key is told apart', async () => {
    const foreign = await makeSigner(7);
    const card = read(token);
    expect(await verifyCardToken(card, keys, 'another business')).toBe('otherShop');
    expect(await verifyCardToken(card, { ...keys, signing: [] }, BUSINESS)).toBe('unknownKey');
    expect(await verifyCardToken(card, { ...keys, signing: [foreign.jwk] }, BUSINESS)).toBe('forged');
    expect(await verifyCardToken(card, { ...keys, signing: [{ kid: 7, x: 'no', y: 'key' }] }, BUSINESS)).toBe(
      'unknownKey',
    );
  });

  test('with any bit flipped is never accepted', async () => {
    const bytes = read(token).bytes;
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = bytes.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const card = readCardText(toBase32(flipped));
      const verdict = card.kind === 'card' ? await verifyCardToken(card, keys, BUSINESS) : card.kind;
      expect(verdict).not.toBe('genuine');
    }
  });

  test('cut short or grown is no card', () => {
    for (let length = 0; length < token.length; length += 1) {
      expect(readCardText(PREFIX + token.slice(0, length)).kind).toBe('notOurs');
    }
    for (const more of ['A', 'AA', 'AAAAAAAA', 'AAAAAAAAAAAAAA'])
      expect(readCardText(token + more).kind).toBe('notOurs');
  });

  test('random texts and random bytes never throw and are never genuine', async () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.uint8Array({ minLength: 90, maxLength: 90 }).map(toBase32),
      fc
        .uint8Array({ minLength: 98, maxLength: 98 })
        .map((bytes) => PREFIX + toBase32(Uint8Array.of(0x21, ...bytes.slice(1)))),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const card = readCardText(text);
        if (card.kind === 'card') expect(await verifyCardToken(card, keys, BUSINESS)).not.toBe('genuine');
      }),
    );
  });
});

test('a foreign code is named', () => {
  expect(readCardText('https://www.example.org/menu')).toEqual({ kind: 'notOurs', looksLike: 'url' });
  expect(readCardText('5991234567890')).toEqual({ kind: 'notOurs', looksLike: 'number' });
  expect(readCardText('BCD\n002\n1\nHCT')).toEqual({ kind: 'notOurs', looksLike: 'receipt' });
  expect(readCardText('')).toEqual({ kind: 'notOurs', looksLike: 'text' });
  expect(readCardText('WIFI:S:shop;;')).toEqual({ kind: 'notOurs', looksLike: 'text' });
});

test('base32 goes there and back, and one value has one text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
      expect(fromBase32(toBase32(bytes))).toEqual(Uint8Array.from(bytes));
    }),
  );
  expect(fromBase32('MY')).toEqual(Uint8Array.of(0x66));
  expect(fromBase32('MZ')).toBeNull();
  expect(fromBase32('M')).toBeNull();
  expect(fromBase32('M1')).toBeNull();
});
