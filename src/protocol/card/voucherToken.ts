import { utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase32, toBase32 } from '../base32.ts';
import { fromHex, join, toHex, uint32 } from '../bytes.ts';
import { checkSignature, SIGNING } from './cardSignature.ts';
import { businessTagOf, type CardSigner, type Genuineness } from './cardToken.ts';
import type { CardKeys } from '../documents.ts';

/*
 * The voucher that a customer's phone fetches when the till has no network but the phone does. The server keeps the reward
 * for the member and signs this; the till verifies it offline, takes it once, and names the reservation in what it records.
 *
 *   0        version (3 bits, now 2) | 0 | algorithm (4 bits, 1 = ECDSA P-256 with SHA-256): never the first byte of a card
 *   1        key id, of the keys that sign cards
 *   2..5     business tag, as on a card
 *   6..21    card id
 *   22..37   reservation id, random
 *   38..41   end, seconds since 1970, most significant byte first
 *   42       length r of the reward's id, then r bytes of it (UTF-8)
 *   43+r     1 bit: due by date | 7 bits: length v of the member's voucher id, 0 where the balance pays; then v bytes of it
 *   then     signature (r, s), 64 bytes, over the purpose and all before it
 *
 * As text like a card: `HTTPS://HOST/C/` and upper-case base32, so that the QR stays alphanumeric; with usual ids about 130
 * bytes, which a till's camera reads from a phone as it reads a card. The purpose is another one than a card's, so that
 * neither is ever taken for the other, whatever their bytes are.
 */
const PURPOSE = utf8ToBytes('regulars voucher 1\n');
const KIND = 0x41;
const FIXED = 42;
const SIGNATURE = 64;
const DUE = 0x80;
const LONGEST_ID = 100;

/** What a voucher promises. */
export interface VoucherPromise {
  /** Lower-case hex of 16 bytes. */
  readonly cardId: string;
  /** Lower-case hex of 16 random bytes. */
  readonly reservation: string;
  readonly reward: string;
  /** The member's voucher that is used up; `null`: the reward's cost is taken. */
  readonly voucher: string | null;
  /** The voucher is one that a date has made due. */
  readonly isDue: boolean;
  /** Last instant, in ms, of whole seconds. */
  readonly until: number;
}

/** A voucher as read; nothing of it is proven before `verifyVoucher`. */
export interface VoucherCode extends VoucherPromise {
  readonly kid: number;
  readonly businessTag: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Signs a voucher.
 * @returns upper-case base32; `null` where the ids are longer than a code should be, which no program made here has
 */
export async function issueVoucher(
  signer: CardSigner,
  businessId: string,
  { cardId, reservation, reward, voucher, isDue, until }: VoucherPromise,
): Promise<string | null> {
  const [rewardId, voucherId] = [utf8ToBytes(reward), utf8ToBytes(voucher ?? '')];
  if (rewardId.length > LONGEST_ID || voucherId.length > LONGEST_ID) return null;
  const content = join(
    Uint8Array.of(KIND, signer.kid),
    fromHex(businessTagOf(businessId)),
    fromHex(cardId),
    fromHex(reservation),
    uint32(Math.floor(until / 1000)),
    Uint8Array.of(rewardId.length),
    rewardId,
    Uint8Array.of(voucherId.length | (isDue ? DUE : 0)),
    voucherId,
  );
  const signature = await crypto.subtle.sign(SIGNING, signer.key, join(PURPOSE, content));
  return toBase32(join(content, new Uint8Array(signature)));
}

/** Reads what a scanner gave: a web address or the bare base32. Total; `null`: no voucher, whatever else it is. */
export function readVoucherText(text: string): VoucherCode | null {
  const symbols = /^(?:https?:\/\/[^\s/]+\/c\/)?([a-z2-7]{170,520})\/?$/i.exec(text.trim())?.[1];
  const bytes = symbols === undefined ? null : fromBase32(symbols);
  if (bytes === null || bytes[0] !== KIND || bytes.length < FIXED + 2 + SIGNATURE) return null;
  const view = new DataView(bytes.buffer);
  const rewardEnd = FIXED + 1 + view.getUint8(FIXED);
  if (rewardEnd >= bytes.length - SIGNATURE) return null;
  const second = view.getUint8(rewardEnd);
  const voucherEnd = rewardEnd + 1 + (second & ~DUE);
  if (voucherEnd !== bytes.length - SIGNATURE) return null;
  const reward = textOf(bytes.subarray(FIXED + 1, rewardEnd));
  const voucher = textOf(bytes.subarray(rewardEnd + 1, voucherEnd));
  if (reward === null || voucher === null || reward === '') return null;
  return {
    kid: view.getUint8(1),
    businessTag: toHex(bytes.subarray(2, 6)),
    cardId: toHex(bytes.subarray(6, 22)),
    reservation: toHex(bytes.subarray(22, 38)),
    until: view.getUint32(38) * 1000,
    reward,
    voucher: voucher === '' ? null : voucher,
    isDue: (second & DUE) !== 0,
    bytes,
  };
}

/** Whether this business signed the voucher. Never throws. Its end is the till's to judge, by the best time it has. */
export async function verifyVoucher(code: VoucherCode, cardKeys: CardKeys, businessId: string): Promise<Genuineness> {
  if (code.businessTag !== businessTagOf(businessId)) return 'otherShop';
  const end = code.bytes.length - SIGNATURE;
  return checkSignature(cardKeys, code.kid, code.bytes.slice(end), join(PURPOSE, code.bytes.subarray(0, end)));
}

/** `null` where the bytes are no UTF-8. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
