import type { Kysely } from 'kysely';
import type { StreamRow } from '../store/tables/ledgerTables.ts';
import { padded } from '../store/padded.ts';
import type { Schema } from '../store/schema.ts';
import type { StoredAt } from './place.ts';
import type { Reading } from './readEvent.ts';

/** Which of these runs end, as far as stored, with something in quarantine. */
export async function readLoose(trx: Kysely<Schema>, streams: readonly StreamRow[]): Promise<Set<string>> {
  const [{ business, device }] = streams as [StreamRow];
  if (streams.every((stream) => stream.stored_through === 0)) return new Set();
  const rows = await trx
    .selectFrom('quarantine')
    .select('run')
    .where('business', '=', business)
    .where('device', '=', device)
    .where((eb) =>
      eb.or(streams.map(({ run, stored_through: seq }) => eb.and([eb('run', '=', run), eb('seq', '=', seq)]))),
    )
    .execute();
  return new Set(rows.map((row) => row.run));
}

/** What is stored under the numbers that were pushed; nothing is asked where all of them are new. */
export async function readStored(
  trx: Kysely<Schema>,
  readings: readonly Reading[],
  streams: readonly StreamRow[],
): Promise<Map<string, StoredAt>> {
  const [main] = streams;
  const furthest = Math.max(...streams.map((stream) => Math.max(stream.stored_through, stream.ahead_through)));
  const old = readings.filter(({ seq }) => seq === null || seq <= furthest);
  if (!main || furthest === 0 || old.length === 0) return new Map();
  const { business, device } = main;
  const runs = streams.map((stream) => stream.run);
  const numbers = old.flatMap(({ seq }) => (seq === null ? [] : [seq]));
  const events = await trx
    .selectFrom('events')
    .select(['run', 'seq', 'hash'])
    .where('business', '=', business)
    .where('device', '=', device)
    .where('run', 'in', runs)
    .where('seq', '>=', Math.min(...numbers, furthest + 1))
    .where('seq', '<=', Math.max(...numbers, 0))
    .execute();
  const quarantined = await trx
    .selectFrom('quarantine')
    .select(['run', 'seq', 'hash', 'code'])
    .where('business', '=', business)
    .where('device', '=', device)
    .where('run', 'in', runs)
    .where('hash', 'in', padded(old.map((reading) => reading.hash)))
    .execute();
  const stored = new Map<string, StoredAt>();
  for (const { run, seq, hash } of events) stored.set(hash, { run, seq, quarantine: null });
  for (const { run, seq, hash, code } of quarantined) stored.set(hash, { run, seq, quarantine: code });
  return stored;
}
