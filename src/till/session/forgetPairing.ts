import type { TillPorts } from '../ports.ts';
import type { Stores } from '../tillParts.ts';

/**
 * Makes this browser a stranger to the shop again: pairing, own ledger, customers and PIN tries go. Refuses, by `false`,
 * where something was recorded after `through`: by another tab, between the question and the answer.
 */
export async function forgetPairing(
  ports: Pick<TillPorts, 'marker'>,
  { ledgerDb, cacheDb, own }: Stores,
  through: { readonly n: number; readonly patchN: number },
): Promise<boolean> {
  const done = await ledgerDb.transaction('rw', ledgerDb.tables, async () => {
    const [event, patch] = [await ledgerDb.events.orderBy('n').last(), await ledgerDb.patches.orderBy('n').last()];
    if ((event?.n ?? 0) > through.n || (patch?.n ?? 0) > through.patchN) return false;
    for (const table of ledgerDb.tables) await table.clear();
    return true;
  });
  if (!done) return false;
  await cacheDb.transaction('rw', cacheDb.tables, async () => {
    for (const table of cacheDb.tables) await table.clear();
  });
  ports.marker.set(null);
  await own.load({ through: 0, holes: [] }, {});
  return true;
}
