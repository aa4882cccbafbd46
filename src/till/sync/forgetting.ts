import { recordNow } from '../members/records.ts';
import { emptyPatches, forgetEverybody } from '../members/forget.ts';
import type { SyncParts } from './syncParts.ts';

/** A till that has not synced for so long keeps no names: somebody may have been erased meanwhile. */
const LONGEST_WITHOUT_SYNC_MS = 30 * 24 * 3600 * 1000;

/** Empties what this till itself wrote about members that were erased since. Cheap where nobody was. */
export async function forgetErased({ ledgerDb, cacheDb, own, members, moved }: SyncParts): Promise<void> {
  const written = new Set<string>();
  await ledgerDb.patches.each(({ patch }) => {
    if (Object.keys(patch.fields).length > 0) written.add(patch.member);
  });
  const erased = new Set<string>();
  for (const member of written) {
    const { held } = await recordNow(cacheDb, members.generation, await members.resolve(member));
    if (held?.erased === true) erased.add(member);
  }
  if (erased.size === 0) return;
  await emptyPatches(ledgerDb, (row) => erased.has(row.patch.member));
  await own.load(own.covered, members.generation.patchesCovered);
  members.moved(members.generation, [...erased]);
  moved([...erased], false);
}

/** Drops names and phone numbers where the server was not heard of for 30 days; states and unsent work stay. */
export async function forgetWhenStale(parts: SyncParts, now: number): Promise<void> {
  const { ledgerDb, cacheDb, own, members, moved } = parts;
  const { generation } = members;
  if (generation.asOf === null || now - generation.asOf < LONGEST_WITHOUT_SYNC_MS) return;
  const done = await cacheDb.meta.get('nameless');
  if (done?.key === 'nameless' && done.value === generation.g) return;
  await forgetEverybody(cacheDb, generation);
  const sent = own.acknowledged.patches;
  await emptyPatches(ledgerDb, (row) => row.pseq <= (sent[row.run] ?? 0));
  await own.load(own.covered, generation.patchesCovered);
  members.moved(generation, 'all');
  moved('all', false);
}
