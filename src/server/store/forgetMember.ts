import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/**
 * Removes what leads from a phone to these members, and the key by which backups could still be read. What the ledger has
 * of them stays, as do their revoked cards.
 */
export async function forgetMembers(trx: Kysely<Schema>, business: string, members: readonly string[]): Promise<void> {
  const found = await trx
    .selectFrom('phone_cards')
    .select('card')
    .where('business', '=', business)
    .where('member', 'in', members)
    .execute();
  const cards = found.map((row) => row.card);
  for (const table of ['card_sessions', 'card_recovery', 'card_joins', 'phone_cards'] as const) {
    await trx.deleteFrom(table).where('business', '=', business).where('card', 'in', cards).execute();
  }
  await trx.deleteFrom('member_keys').where('business', '=', business).where('member', 'in', members).execute();
}
