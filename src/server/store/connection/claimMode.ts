import type { Kysely } from 'kysely';
import type { Config } from '../../config.ts';
import type { Schema } from '../schema.ts';

/**
 * A database belongs to the demo or to live shops for good, from its first start on. Throws a sentence for the operator
 * where it is the other kind: the demo's PINs are known, and its sales are invented.
 */
export async function claimMode(db: Kysely<Schema>, mode: Config['mode']): Promise<void> {
  await db
    .insertInto('server_meta')
    .values({ key: 'mode', value: mode })
    .onConflict((c) => c.column('key').doNothing())
    .execute();
  const { value } = await db
    .selectFrom('server_meta')
    .select('value')
    .where('key', '=', 'mode')
    .executeTakeFirstOrThrow();
  if (value === mode) return;
  throw new Error(
    value === 'demo'
      ? 'This database holds the demo. Use another one for your shop.'
      : 'This database holds live shops, and the demo never stands beside them. Set REGULARS_PUBLIC_URL, or REGULARS_MODE=live.',
  );
}
