import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromBase32, toBase32 } from '../../src/protocol/base32.ts';
import { issueCardToken, readCardText, verifyCardToken, type CardSigner } from '../../src/protocol/card/cardToken.ts';
import { cardDayKeyOf, checkRotating, dayKeyOf, rotatingText, utcDayOf } from '../../src/protocol/card/rotatingCode.ts';
import { readTypedCode, typedCodeOf } from '../../src/protocol/card/typedCode.ts';
import { issueVoucher, readVoucherText, verifyVoucher } from '../../src/protocol/card/voucherToken.ts';
import type { CardKeys } from '../../src/protocol/documents.ts';

const SHOP = 'alder';
const OTHER = 'birch';
const CARD = '0123456789abcdef0123456789abcdef';
const NOW = Date.UTC(2026, 2, 2, 9, 0, 0);
const SECRET = new Uint8Array(32).fill(7);
const PREFIX = 'HTTPS://CARDS.EXAMPLE/C/';

let signer: CardSigner;
let keys: CardKeys;
let card: string;
let rotating: string;
let voucher: string;
beforeAll(async () => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  signer = { kid: 1, key: pair.privateKey };
  const day = utcDayOf(NOW);
  keys = { signing: [{ kid: 1, x, y }], rotating: { [day]: dayKeyOf(SECRET, day) } };
  card = await issueCardToken(signer, SHOP, CARD, 490_000);
  const dayKey = cardDayKeyOf(dayKeyOf(SECRET, day), CARD) ?? '';
  rotating = (await rotatingText('', card, { [day]: dayKey }, NOW)) ?? '';
  const promise = {
    cardId: CARD,
    reservation: 'ab'.repeat(16),
    reward: 'gift',
    voucher: 'v1',
    isDue: false,
    until: NOW,
  };
  voucher = (await issueVoucher(signer, SHOP, promise)) ?? '';
});

/** Changes of bytes that leave a text of base32: one bit, one byte, cut off, appended, two places swapped. */
const damage = fc.oneof(
  fc.tuple(fc.nat(), fc.nat({ max: 7 })).map(([at, bit]) => (bytes: Uint8Array) => {
    bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << bit);
    return bytes;
  }),
  fc.tuple(fc.nat(), fc.nat({ max: 255 })).map(([at, value]) => (bytes: Uint8Array) => {
    bytes[at % bytes.length] = value;
    return bytes;
  }),
  fc.nat().map((n) => (bytes: Uint8Array) => bytes.slice(0, n % bytes.length)),
  fc
    .uint8Array({ minLength: 1, maxLength: 200 })
    .map((more) => (bytes: Uint8Array) => Uint8Array.from([...bytes, ...more])),
  fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => (bytes: Uint8Array) => {
    const [i, j] = [a % bytes.length, b % bytes.length];
    [bytes[i], bytes[j]] = [bytes[j] ?? 0, bytes[i] ?? 0];
    return bytes;
  }),
);
const bytesOf = (text: string) => Uint8Array.from(fromBase32(text) ?? []);
const same = (a: Uint8Array, b: Uint8Array) => Buffer.from(a).equals(Buffer.from(b));

/** Texts like what a camera reads off a wall: anything, and anything in front of and behind the real thing. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 600 }),
  fc.stringMatching(/^[A-Za-z2-7]{100,560}$/),
  fc
    .tuple(fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ unit: 'binary', maxLength: 20 }))
    .map(([a, b]) => `${a}\u0000${b}`),
);

describe('a card', () => {
  it('is genuine as it was signed, in either case, with its address or without', async () => {
    for (const text of [card, card.toLowerCase(), PREFIX + card, ` ${PREFIX}${card}/ `]) {
      const read = readCardText(text);
      expect(read.kind === 'card' && (await verifyCardToken(read, keys, SHOP))).toBe('genuine');
    }
  });

  it('that was changed anywhere is never genuine, and never an error', async () => {
    await fc.assert(
      fc.asyncProperty(damage, async (change) => {
        const original = bytesOf(card);
        const bytes = change(bytesOf(card));
        if (same(bytes, original)) return;
        const read = readCardText(PREFIX + toBase32(bytes));
        // What is appended to a card is its rotating part, which is checked by itself.
        if (read.kind !== 'card' || same(read.bytes, original)) return;
        expect(await verifyCardToken(read, keys, SHOP)).not.toBe('genuine');
      }),
      { numRuns: 2000 },
    );
  });

  it('of another shop, with another key or for another purpose, is not genuine', async () => {
    const read = readCardText(card);
    if (read.kind !== 'card') throw new Error('no card');
    expect(await verifyCardToken(read, keys, OTHER)).toBe('otherShop');
    expect(await verifyCardToken(read, { ...keys, signing: [] }, SHOP)).toBe('unknownKey');
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const forged = readCardText(await issueCardToken({ kid: 1, key: pair.privateKey }, SHOP, CARD, 490_000));
    if (forged.kind !== 'card') throw new Error('no card');
    expect(await verifyCardToken(forged, keys, SHOP)).toBe('forged');
    expect(readCardText(voucher).kind).toBe('notOurs');
    expect(readVoucherText(card)).toBeNull();
    expect(readVoucherText(rotating)).toBeNull();
  });

  it('whose key is damaged is unknown, not an error', async () => {
    const read = readCardText(card);
    if (read.kind !== 'card') throw new Error('no card');
    for (const [x, y] of [
      ['', ''],
      ['AA', 'AA'],
      ['!', '!'],
      ['A'.repeat(43), 'A'.repeat(43)],
    ] as const) {
      expect(await verifyCardToken(read, { ...keys, signing: [{ kid: 1, x, y }] }, SHOP)).not.toBe('genuine');
    }
  });
});

describe('a rotating code', () => {
  it('is fresh now; changed, or shown at another time, it is not', async () => {
    const read = readCardText(rotating);
    if (read.kind !== 'card') throw new Error('no card');
    expect(await checkRotating(read, keys, NOW)).toBe('fresh');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 90, max: 97 }), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bytes = bytesOf(rotating);
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        const changed = readCardText(toBase32(bytes));
        if (changed.kind === 'card') expect(await checkRotating(changed, keys, NOW)).not.toBe('fresh');
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 91_000, max: 10 ** 12 }), fc.constantFrom(-1, 1), async (ms, sign) => {
        expect(await checkRotating(read, keys, NOW + sign * ms)).not.toBe('fresh');
      }),
    );
  });

  it('of one card is none of another', async () => {
    const other = await issueCardToken(signer, SHOP, 'ff'.repeat(16), 490_000);
    const mixed = readCardText(toBase32(Uint8Array.from([...bytesOf(other), ...bytesOf(rotating).slice(90)])));
    if (mixed.kind !== 'card') throw new Error('no card');
    expect(await verifyCardToken(mixed, keys, SHOP)).toBe('genuine');
    expect(await checkRotating(mixed, keys, NOW)).toBe('stale');
  });
});

describe('a voucher', () => {
  it('that was changed anywhere is never genuine, and never an error', async () => {
    const genuine = readVoucherText(voucher);
    expect(genuine && (await verifyVoucher(genuine, keys, SHOP))).toBe('genuine');
    expect(genuine && (await verifyVoucher(genuine, keys, OTHER))).toBe('otherShop');
    await fc.assert(
      fc.asyncProperty(damage, async (change) => {
        const bytes = change(bytesOf(voucher));
        if (same(bytes, bytesOf(voucher))) return;
        const read = readVoucherText(PREFIX + toBase32(bytes));
        if (read) expect(await verifyVoucher(read, keys, SHOP)).not.toBe('genuine');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('whatever a camera or a person gives', () => {
  it('has an answer', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const asCard = readCardText(text);
        if (asCard.kind === 'card') expect(await verifyCardToken(asCard, keys, SHOP)).not.toBe('genuine');
        const asVoucher = readVoucherText(text);
        if (asVoucher) expect(await verifyVoucher(asVoucher, keys, SHOP)).not.toBe('genuine');
        readTypedCode(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('a typed code with one wrong symbol, or two swapped, is refused', () => {
    const code = typedCodeOf(CARD);
    const symbols = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
    expect(readTypedCode(code)).toEqual({ ok: true, prefix: CARD.slice(0, 13) });
    fc.assert(
      fc.property(fc.nat({ max: 11 }), fc.nat({ max: 30 }), fc.nat({ max: 11 }), (at, symbol, other) => {
        const typed = [...code];
        typed[at] = symbols.charAt(symbol);
        const wrong = typed.join('');
        expect(readTypedCode(wrong).ok).toBe(wrong === code);
        const swapped = [...code];
        [swapped[at], swapped[other]] = [swapped[other] ?? '', swapped[at] ?? ''];
        expect(readTypedCode(swapped.join('')).ok).toBe(swapped.join('') === code);
      }),
      { numRuns: 1000 },
    );
  });
});
