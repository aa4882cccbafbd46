import type { Kysely } from 'kysely';
import { findPhoneCard } from '../store/cards.ts';
import { forBusiness } from '../store/connection/context.ts';
import type { Schema } from '../store/schema.ts';
import { DEMO_BUSINESS } from './access.ts';

const KEY = 'demo.card';

/** Notes whose card the start page shows. */
export async function rememberCard(db: Kysely<Schema>, card: string): Promise<void> {
  await db
    .insertInto('server_meta')
    .values({ key: KEY, value: card })
    .onConflict((c) => c.column('key').doUpdateSet({ value: card }))
    .execute();
}

/** The demo customer's card with its signed token; `null` where the database holds no demo. */
export async function demoCard(db: Kysely<Schema>): Promise<{ readonly card: string; readonly token: string } | null> {
  const row = await db.selectFrom('server_meta').select('value').where('key', '=', KEY).executeTakeFirst();
  const found = row && (await forBusiness(DEMO_BUSINESS, () => findPhoneCard(db, DEMO_BUSINESS, row.value)));
  return found ? { card: found.card, token: found.token } : null;
}
