import type { Kysely } from 'kysely';
import type { AccountRow } from './officeTables.ts';
import type { Schema } from './schema.ts';

export async function hasAccounts(db: Kysely<Schema>): Promise<boolean> {
  return (await db.selectFrom('office_accounts').select('account').limit(1).executeTakeFirst()) !== undefined;
}

export async function insertAccount(db: Kysely<Schema>, row: AccountRow): Promise<void> {
  await db.insertInto('office_accounts').values(row).execute();
}

/** `email` in lower case. */
export async function findAccountByEmail(db: Kysely<Schema>, email: string): Promise<AccountRow | null> {
  return (await db.selectFrom('office_accounts').selectAll().where('email', '=', email).executeTakeFirst()) ?? null;
}

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
