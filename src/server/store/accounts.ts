import type { Kysely } from 'kysely';
import { listBusinesses } from './businesses.ts';
import { byKey, forBusiness } from './connection/context.ts';
import type { AccountRow } from './tables/officeTables.ts';
import type { Schema } from './schema.ts';

/** Whether anybody owns anything here. Not inside a transaction: it looks at each business in turn. */
export async function hasAccounts(db: Kysely<Schema>): Promise<boolean> {
  const first = () => db.selectFrom('office_accounts').select('account').limit(1).executeTakeFirst();
  for (const business of await listBusinesses(db)) if (await forBusiness(business, first)) return true;
  return false;
}

/** Adds an account; throws where its id or e-mail address is taken. */
export async function insertAccount(db: Kysely<Schema>, row: AccountRow): Promise<void> {
  await db.insertInto('office_accounts').values(row).execute();
}

/** `email` in lower case. */
export async function findAccountByEmail(db: Kysely<Schema>, email: string): Promise<AccountRow | null> {
  const query = db.selectFrom('office_accounts').selectAll().where('email', '=', email);
  return (await byKey(email, () => query.executeTakeFirst())) ?? null;
}

/** An account of a business by its id. */
export async function findAccount(db: Kysely<Schema>, business: string, account: string): Promise<AccountRow | null> {
  const row = await db
    .selectFrom('office_accounts')
    .selectAll()
    .where('business', '=', business)
    .where('account', '=', account)
    .executeTakeFirst();
  return row ?? null;
}

export async function writePassword(
  db: Kysely<Schema>,
  business: string,
  account: string,
  password: string,
): Promise<void> {
  await db
    .updateTable('office_accounts')
    .set({ password })
    .where('business', '=', business)
    .where('account', '=', account)
    .execute();
}
