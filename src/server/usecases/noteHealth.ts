import type { Kysely } from 'kysely';
import type { PushRequest } from '../../protocol/sync.ts';
import type { DeviceRow } from '../store/tables/ledgerTables.ts';
import type { Schema } from '../store/schema.ts';

/** What of a push concerns the till itself. */
interface Said extends Pick<PushRequest, 'run' | 'events' | 'health'> {
  /** Nothing of this run was here before. */
  readonly begins: boolean;
}

/**
 * Keeps what a till says of itself, inside the transaction of its push. Where it begins a run, and now and then, it is also
 * noted how far its older runs go: one that is further here than there was left by that till, so whoever goes on with it is
 * a copy.
 */
export async function noteHealth(
  trx: Kysely<Schema>,
  { business, device }: DeviceRow,
  { run, events, health, begins }: Said,
  now: number,
): Promise<void> {
  const { recorded, ...kept } = health;
  await trx
    .updateTable('devices')
    .set({ seen_at: now, health: JSON.stringify(kept) })
    .where('business', '=', business)
    .where('device', '=', device)
    .execute();
  if (events.length > 0 && !begins) return;
  for (const [older, through] of Object.entries(recorded ?? {})) {
    if (older === run) continue;
    const stream = () =>
      trx.updateTable('streams').where('business', '=', business).where('device', '=', device).where('run', '=', older);
    await stream().set({ recorded_through: through }).where('recorded_through', '<', through).execute();
    await stream().set({ left_at: now }).where('left_at', 'is', null).where('stored_through', '>', through).execute();
  }
}
