import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/**
 * Takes a job, or goes on holding it, until an instant. `false`: another process holds it. One statement, so two that ask
 * at once never both get it. Clocks of the processes may differ by far less than a lease is long.
 */
export async function takeLease(
  db: Kysely<Schema>,
  lease: { readonly job: string; readonly holder: string; readonly until: number },
  now: number,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('job_leases')
    .values(lease)
    .onConflict((c) =>
      c
        .column('job')
        .doUpdateSet({ holder: lease.holder, until: lease.until })
        .where((eb) => eb.or([eb('job_leases.until', '<=', now), eb('job_leases.holder', '=', lease.holder)])),
    )
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Gives a job back before its time. */
export async function endLease(db: Kysely<Schema>, job: string, holder: string): Promise<void> {
  await db.deleteFrom('job_leases').where('job', '=', job).where('holder', '=', holder).execute();
}
