import { createHmac, hash as hashOnce, timingSafeEqual } from 'node:crypto';
import type { Kysely } from 'kysely';
import { canonical } from '../../protocol/canonical.ts';
import type { Admitted } from '../../protocol/event.ts';
import type { Schema } from '../store/schema.ts';

/**
 * The key of a business's seals, from the secret that its cards have as well: it is in every backup, so a restored server
 * knows the seals of the one before. `null` while the business has no secret yet; nothing is sealed then.
 */
export async function sealKeyOf(db: Kysely<Schema>, business: string): Promise<string | null> {
  const row = await db
    .selectFrom('card_secrets')
    .select('rotation')
    .where('business', '=', business)
    .executeTakeFirst();
  if (!row) return null;
  return createHmac('sha256', Buffer.from(row.rotation, 'base64')).update('regulars admission seal').digest('hex');
}

/**
 * The server's mark on an admission, base64url: over all that it says, and through the hash over the event. `null` where it
 * has no canonical form, which nothing that was booked lacks.
 */
function sealOf(key: string, business: string, admitted: Admitted): string | null {
  const { gseq, chain, hash, receivedAt, day, member, booked, flags } = admitted;
  try {
    const text = canonical({ business, gseq, chain, hash, receivedAt, day, member, booked, flags });
    return keyed(key, text);
  } catch {
    return null;
  }
}

/** An admission with its seal, where the business has a key. */
export function sealed(key: string | null, business: string, admitted: Admitted): Admitted {
  const seal = key && sealOf(key, business, admitted);
  return seal === null ? admitted : { ...admitted, seal };
}

/** Whether a server with this key has said exactly this. The caller checks that the hash is the one of the bytes. */
export function isSealed(key: string, business: string, admitted: Admitted): boolean {
  const expected = sealOf(key, business, admitted);
  if (expected === null || admitted.seal === undefined) return false;
  const given = Buffer.from(admitted.seal);
  return given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
}

/** Nested as HMAC is, with Node's one-shot hash: its HMAC takes ten times as long, and a pull seals a thousand. */
function keyed(key: string, text: string): string {
  return hashOnce('sha256', `${key} seal ${hashOnce('sha256', `${key} text ${text}`, 'hex')}`, 'base64url');
}
