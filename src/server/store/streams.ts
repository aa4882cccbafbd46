import type { Kysely } from 'kysely';
import type { StreamRow } from './tables/ledgerTables.ts';
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

/** Writes how far runs are stored; new runs are added. */
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
        recorded_through: eb.ref('excluded.recorded_through'),
        ahead_through: eb.ref('excluded.ahead_through'),
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
 * Records that a backup outside this server holds these runs through these numbers (with what is in quarantine): from now on
 * tills may forget what it covers. Only ever moves forward.
 */
export async function markDurable(
  db: Kysely<Schema>,
  business: string,
  streams: readonly { readonly device: string; readonly run: string; readonly through: number }[],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const { device, run, through } of streams) {
      await trx
        .updateTable('streams')
        .set({ durable_through: through })
        .where('business', '=', business)
        .where('device', '=', device)
        .where('run', '=', run)
        .where('durable_through', '<', through)
        .execute();
    }
  });
}

/** What a device has said of all its runs together. */
export interface KnownRuns {
  /** It has said how far it has recorded. */
  readonly said: boolean;
  /** Events that it has recorded and that are not here. */
  readonly missing: number;
}

/** By device, how much of what it has recorded is here. A copy's events count for the run that they branch from. */
export async function readRuns(db: Kysely<Schema>, business: string): Promise<ReadonlyMap<string, KnownRuns>> {
  const rows = await db
    .selectFrom('streams')
    .select(['device', 'run', 'fork_of', 'stored_through', 'recorded_through'])
    .where('business', '=', business)
    .execute();
  const runs = new Map<string, { readonly device: string; stored: number; recorded: number }>();
  for (const row of rows) {
    const key = `${row.device}/${row.fork_of ?? row.run}`;
    const known = runs.get(key) ?? { device: row.device, stored: 0, recorded: 0 };
    known.stored = Math.max(known.stored, row.stored_through);
    known.recorded = Math.max(known.recorded, row.recorded_through);
    runs.set(key, known);
  }
  const byDevice = new Map<string, KnownRuns>();
  for (const { device, stored, recorded } of runs.values()) {
    const { said, missing } = byDevice.get(device) ?? { said: false, missing: 0 };
    byDevice.set(device, { said: said || recorded > 0, missing: missing + Math.max(0, recorded - stored) });
  }
  return byDevice;
}
