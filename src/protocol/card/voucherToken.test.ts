import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { fromBase32, toBase32 } from '../base32.ts';
import { issueCardToken, readCardText, verifyCardToken, type CardSigner } from './cardToken.ts';
import type { CardKeys } from '../documents.ts';
import { issueVoucher, readVoucherText, verifyVoucher, type VoucherPromise } from './voucherToken.ts';

const SHOP = '0197-shop';
const promise: VoucherPromise = {
  cardId: '0a'.repeat(16),
  reservation: '5b'.repeat(16),
  reward: 'gift',
  voucher: 'full/1',
  isDue: false,
  until: 1_772_445_600_000,
};
let signer: CardSigner;
let cardKeys: CardKeys;

async function makeSigner(kid: number): Promise<{ signer: CardSigner; x: string; y: string }> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { signer: { kid, key: pair.privateKey }, x, y };
}

beforeAll(async () => {
  const made = await makeSigner(7);
  ({ signer } = made);
  cardKeys = { signing: [{ kid: 7, x: made.x, y: made.y }], rotating: {} };
});

async function issued(what: VoucherPromise = promise): Promise<string> {
  const text = await issueVoucher(signer, SHOP, what);
  if (text === null) throw new Error('the ids are too long');
  return text;
}

async function judge(text: string, shop = SHOP) {
  const code = readVoucherText(text);
  return code === null ? 'unreadable' : verifyVoucher(code, cardKeys, shop);
}

describe('a voucher', () => {
  test('says what it promises, as an address in any case or bare, and is short enough for a quick QR', async () => {
    const text = await issued();
    for (const shown of [text, text.toLowerCase(), `HTTPS://CARDS.EXAMPLE.COM/C/${text}`, ` ${text}\n`]) {
      expect(readVoucherText(shown)).toMatchObject(promise);
      expect(await judge(shown)).toBe('genuine');
    }
    // A QR of version 9 with medium correction holds 262 alphanumeric symbols.
    expect(`HTTPS://CARDS.EXAMPLE.COM/C/${text}`.length).toBeLessThanOrEqual(262);
  });

  test('holds any ids of a program', async () => {
    const id = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' });
    await fc.assert(
      fc.asyncProperty(id, fc.option(id), fc.boolean(), async (reward, voucher, isDue) => {
        const what = { ...promise, reward, voucher, isDue };
        expect(readVoucherText(await issued(what))).toMatchObject(what);
      }),
      { numRuns: 100 },
    );
    expect(await issueVoucher(signer, SHOP, { ...promise, reward: 'x'.repeat(101) })).toBeNull();
  });

  test('of another shop, of an unknown key, or signed by somebody else is told apart', async () => {
    const text = await issued();
    expect(await judge(text, 'another shop')).toBe('otherShop');
    const code = readVoucherText(text);
    if (code === null) throw new Error('unreadable');
    expect(await verifyVoucher(code, { ...cardKeys, signing: [] }, SHOP)).toBe('unknownKey');
    const thief = await issueVoucher((await makeSigner(7)).signer, SHOP, promise);
    expect(await judge(thief ?? '')).toBe('forged');
  });

  test('with any bit turned over is taken by nobody, and crashes nothing', async () => {
    const bytes = fromBase32(await issued());
    if (bytes === null) throw new Error('no base32');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const forged = bytes.slice();
      forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const text = toBase32(forged);
      expect(await judge(text), `bit ${bit}`).not.toBe('genuine');
      // Nor does it become a card by it.
      const card = readCardText(text);
      if (card.kind === 'card') expect(await verifyCardToken(card, cardKeys, SHOP)).not.toBe('genuine');
    }
  });

  test('a card is no voucher and a voucher is no card, even of the same key', async () => {
    const card = await issueCardToken(signer, SHOP, promise.cardId, 500_000);
    expect(readVoucherText(card)).toBeNull();
    expect(readCardText(await issued()).kind).toBe('notOurs');
  });

  test('whatever else is scanned is read without a crash, and accepted never', async () => {
    const symbols = fc.string({
      minLength: 170,
      maxLength: 300,
      unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          symbols,
          symbols.map((tail) => `IE${tail}`),
        ),
        async (text) => {
          expect(await judge(text)).not.toBe('genuine');
        },
      ),
      { numRuns: 400 },
    );
  });
});
