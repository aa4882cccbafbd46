import type { Kysely } from 'kysely';
import type { StreamRow } from './ledgerTables.ts';
import type { Schema } from './schema.ts';

/** A run of a device with its branches, the run itself first; what was never stored is missing. */
export async function readStreams(
  db: Kysely<Schema>,
  business: string,
  device: string,
  run: string,
): Promise<StreamRow[]> {
  const rows = await db
    .selectFrom('streams')
    .selectAll()
    .where('business', '=', business)
    .where('device', '=', device)
    .where((eb) => eb.or([eb('run', '=', run), eb('fork_of', '=', run)]))
    .execute();
  return rows.sort((a, b) => Number(a.fork_of !== null) - Number(b.fork_of !== null));
}

export async function writeStreams(trx: Kysely<Schema>, rows: readonly StreamRow[]): Promise<void> {
  if (rows.length === 0) return;
  await trx
    .insertInto('streams')
    .values([...rows])
    .onConflict((c) =>
      c.columns(['business', 'device', 'run']).doUpdateSet((eb) => ({
        stored_through: eb.ref('excluded.stored_through'),
        stored_hash: eb.ref('excluded.stored_hash'),
        patches_through: eb.ref('excluded.patches_through'),
      })),
    )
    .execute();
}

/** Per run of a device, through which seq the ledger is safe even if this server is lost. */
export async function readDurable(
  db: Kysely<Schema>,
  business: string,
  device: string,
): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('streams')
    .select(['run', 'durable_through'])
    .where('business', '=', business)
    .where('device', '=', device)
    .where('fork_of', 'is', null)
    .execute();
  return Object.fromEntries(rows.map((row) => [row.run, row.durable_through]));
}

/**
 * Records that a backup outside this server holds the ledger through `gseq` (and the quarantine of that moment): from now
 * on tills may forget what it covers. Only ever moves forward.
 */
export async function markDurable(db: Kysely<Schema>, business: string, gseq: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const covered = await trx
      .selectFrom('events')
      .select((eb) => ['device', 'run', eb.fn.max('seq').as('seq')])
      .where('business', '=', business)
      .where('gseq', '<=', gseq)
      .groupBy(['device', 'run'])
      .execute();
    for (const { device, run, seq } of covered) {
      await trx
        .updateTable('streams')
        .set({ durable_through: seq })
        .where('business', '=', business)
        .where('device', '=', device)
        .where('run', '=', run)
        .where('durable_through', '<', seq)
        .execute();
    }
  });
}
