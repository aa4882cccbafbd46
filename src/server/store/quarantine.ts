import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import type { QuarantineRow } from './tables/ledgerTables.ts';

/** Takes events out of quarantine, once they are booked. */
export async function freeQuarantined(
  trx: Kysely<Schema>,
  rows: readonly Pick<QuarantineRow, 'business' | 'device' | 'run' | 'seq'>[],
): Promise<void> {
  for (const { business, device, run, seq } of rows) {
    await trx
      .deleteFrom('quarantine')
      .where('business', '=', business)
      .where('device', '=', device)
      .where('run', '=', run)
      .where('seq', '=', seq)
      .execute();
  }
}
