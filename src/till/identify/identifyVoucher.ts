import { verifyVoucher, type VoucherCode } from '../../protocol/card/voucherToken.ts';
import { CARD } from '../members/members.ts';
import type { Identification } from '../till.ts';
import { found, no, type IdentifyParts } from './found.ts';

/**
 * A voucher from a customer's phone: opens its member with the redemption ready. Whether it still holds is judged again when
 * it is recorded, by the best time that this till has.
 */
export async function identifyVoucher(parts: IdentifyParts, code: VoucherCode): Promise<Identification> {
  const { business, cardKeys } = parts.documents;
  if (business === null || cardKeys === null) return no('unknownCode', null);
  const genuineness = await verifyVoucher(code, cardKeys, business.id);
  if (genuineness === 'otherShop') return no('otherShop', null);
  if (genuineness !== 'genuine') return no('forged', null);
  if (parts.own.entries.tookReservation(code.reservation)) return no('voucherUsed', null);
  if (parts.time().now > code.until) return no('voucherExpired', null);
  const { cardId, reservation, reward, voucher, isDue, until } = code;
  const known = await parts.members.load(CARD + cardId);
  // Fetched this minute by the phone that the card lives on: as fresh as a rotating code.
  const identified = found(parts, known, { kind: 'rotating', id: cardId });
  if (!identified.ok) return identified;
  return { ...identified, voucher: { reservation, reward, voucher, due: isDue ? voucher : null, until } };
}
