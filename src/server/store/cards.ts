import type { Kysely } from 'kysely';
import type { CardSessionRow, CardSigningKeyRow, PhoneCardRow } from './tables/cardTables.ts';
import { byKey, forBusiness } from './connection/context.ts';
import type { Schema } from './schema.ts';

/** A session with the phone's card, as a cookie finds it. */
export interface PhoneSession extends CardSessionRow {
  readonly member: string;
  readonly token: string;
}

/** All signing keys of a business, the newest first. */
export async function listSigningKeys(db: Kysely<Schema>, business: string): Promise<CardSigningKeyRow[]> {
  return db
    .selectFrom('card_signing_keys')
    .selectAll()
    .where('business', '=', business)
    .orderBy('kid', 'desc')
    .execute();
}

/** Stores a key; where another process was faster, its key stays. */
export async function insertSigningKey(db: Kysely<Schema>, row: CardSigningKeyRow): Promise<void> {
  await db
    .insertInto('card_signing_keys')
    .values(row)
    .onConflict((c) => c.columns(['business', 'kid']).doNothing())
    .execute();
}

/** The secret of rotating codes, base64; `fresh` is stored where there was none. */
export async function rotationSecret(db: Kysely<Schema>, business: string, fresh: string): Promise<string> {
  const read = () =>
    db.selectFrom('card_secrets').select('rotation').where('business', '=', business).executeTakeFirst();
  const found = await read();
  if (found) return found.rotation;
  await db
    .insertInto('card_secrets')
    .values({ business, rotation: fresh })
    .onConflict((c) => c.column('business').doNothing())
    .execute();
  return (await read())?.rotation ?? fresh;
}

export async function findPhoneCard(db: Kysely<Schema>, business: string, card: string): Promise<PhoneCardRow | null> {
  const query = db.selectFrom('phone_cards').selectAll().where('business', '=', business).where('card', '=', card);
  return (await query.executeTakeFirst()) ?? null;
}

/** false: the card lives on a phone already, nothing was changed. */
export async function insertPhoneCard(db: Kysely<Schema>, row: PhoneCardRow): Promise<boolean> {
  const done = await db
    .insertInto('phone_cards')
    .values(row)
    .onConflict((c) => c.columns(['business', 'card']).doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** false: that press of the button is stored already. */
export async function insertJoin(
  db: Kysely<Schema>,
  row: { business: string; join_id: string; card: string; created_at: number },
): Promise<boolean> {
  const done = await db
    .insertInto('card_joins')
    .values(row)
    .onConflict((c) => c.columns(['business', 'join_id']).doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** The card a press of the join button has made, where it was pressed before. */
export async function findJoin(
  db: Kysely<Schema>,
  business: string,
  joinId: string,
): Promise<{ card: string; created_at: number } | null> {
  const query = db
    .selectFrom('card_joins')
    .select(['card', 'created_at'])
    .where('business', '=', business)
    .where('join_id', '=', joinId);
  return (await query.executeTakeFirst()) ?? null;
}

/** The phone's card that was opened last; or, with `business`, its card there. */
export async function findSession(db: Kysely<Schema>, hash: string, business?: string): Promise<PhoneSession | null> {
  let query = db.selectFrom('card_sessions').selectAll().where('hash', '=', hash).orderBy('front_at', 'desc').limit(1);
  if (business !== undefined) query = query.where('business', '=', business);
  const session = await byKey(hash, () => query.executeTakeFirst());
  if (!session) return null;
  const card = await forBusiness(session.business, () => findPhoneCard(db, session.business, session.card));
  return card && { ...session, member: card.member, token: card.token };
}

/** Whether a phone with this cookie carries a card of any shop. */
export async function isSession(db: Kysely<Schema>, hash: string): Promise<boolean> {
  const query = db.selectFrom('card_sessions').select('hash').where('hash', '=', hash).limit(1);
  return (await byKey(hash, () => query.executeTakeFirst())) !== undefined;
}

/** Puts a card onto a phone; another card of the same shop on it gives way. */
export async function putSession(db: Kysely<Schema>, row: CardSessionRow): Promise<void> {
  await db
    .insertInto('card_sessions')
    .values(row)
    .onConflict((c) => c.columns(['hash', 'business']).doUpdateSet({ ...row }))
    .execute();
}

/** Notes when a phone was last seen, or was last in front of its card. */
export async function touchSession(
  db: Kysely<Schema>,
  session: Pick<CardSessionRow, 'hash' | 'business'>,
  at: Partial<Pick<CardSessionRow, 'seen_at' | 'front_at'>>,
): Promise<void> {
  await db
    .updateTable('card_sessions')
    .set(at)
    .where('hash', '=', session.hash)
    .where('business', '=', session.business)
    .execute();
}

/** Signs a phone out; nothing where it is out already. */
export async function deleteSession(db: Kysely<Schema>, hash: string, business: string): Promise<void> {
  await db.deleteFrom('card_sessions').where('hash', '=', hash).where('business', '=', business).execute();
}

/** Whose card it is, by the hash of its comeback key, before the business is known. */
export async function findByComeback(
  db: Kysely<Schema>,
  comebackHash: string,
): Promise<{ business: string; card: string } | null> {
  const query = db.selectFrom('card_sessions').select(['business', 'card']).where('comeback_hash', '=', comebackHash);
  return (await byKey(comebackHash, () => query.executeTakeFirst())) ?? null;
}

/** Whose card it is, by the hash of its recovery code, before the business is known. */
export async function findByRecovery(
  db: Kysely<Schema>,
  hash: string,
): Promise<{ business: string; card: string } | null> {
  const query = db.selectFrom('card_recovery').select(['business', 'card']).where('hash', '=', hash);
  return (await byKey(hash, () => query.executeTakeFirst())) ?? null;
}

/** Gives a card its recovery code; the one before it ends. */
export async function putRecovery(
  db: Kysely<Schema>,
  row: { business: string; card: string; hash: string; created_at: number },
): Promise<void> {
  await db
    .insertInto('card_recovery')
    .values(row)
    .onConflict((c) => c.columns(['business', 'card']).doUpdateSet({ hash: row.hash, created_at: row.created_at }))
    .execute();
}
