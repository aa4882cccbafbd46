import type { Kysely } from 'kysely';
import type { ProfilePatch } from '../../protocol/documents.ts';
import type { PushAnswer, PushRequest, PushResult, QuarantineCode } from '../../protocol/sync.ts';
import type { Deps } from '../deps.ts';
import { book } from '../ledger/book.ts';
import type { Batch } from '../ledger/batch.ts';
import { loadBatch } from '../ledger/loadBatch.ts';
import { newStream, type Placing, placeAll, type StoredAt } from '../ledger/place.ts';
import { applyPatch } from '../ledger/profiles.ts';
import { readEvent, type Reading } from '../ledger/readEvent.ts';
import { storeBatch } from '../ledger/storeBatch.ts';
import { lockBusiness } from '../store/businesses.ts';
import { readEpoch } from '../store/epoch.ts';
import type { BusinessRow, DeviceRow, QuarantineRow, StreamRow } from '../store/ledgerTables.ts';
import type { Schema } from '../store/schema.ts';
import { readDurable, readStreams, writeStreams } from '../store/streams.ts';
import { noteHealth } from './noteHealth.ts';
import { storePrograms } from './storePrograms.ts';

type PushDeps = Pick<Deps, 'db' | 'clock' | 'random' | 'live'>;

/** What a till brings, or somebody in its place, who cannot say how it is. */
export type Delivery = Omit<PushRequest, 'health'> & { readonly health: PushRequest['health'] | null };

/**
 * Stores and books what a till brings, all in one transaction: when this resolves, it is on the disk. Whatever cannot be
 * read or booked goes into quarantine, so that nothing ever stands in the way of what comes behind it. Bringing the same
 * again changes nothing.
 */
export async function push(deps: PushDeps, device: DeviceRow, request: Delivery): Promise<PushAnswer> {
  const from = { business: device.business, device: device.device, run: request.run };
  const readings = request.events.map((bytes) => readEvent(bytes, from));
  const epoch = await readEpoch(deps.db);
  const now = deps.clock.now();
  const { answer, members, moved } = await deps.db.transaction().execute(async (trx) => {
    const head = await lockBusiness(trx, device.business);
    if (!head) throw new Error('A paired device belongs to a business.');
    return store(deps, trx, { device, request, readings, head, epoch, now });
  });
  // A push that brought nothing new must not wake all the others.
  if (moved) deps.live.moved(device.business, { members });
  return answer;
}

interface Work {
  readonly device: DeviceRow;
  readonly request: Delivery;
  readonly readings: readonly Reading[];
  readonly head: BusinessRow;
  readonly epoch: string;
  readonly now: number;
}

async function store(deps: PushDeps, trx: Kysely<Schema>, work: Work) {
  const { device, request, readings, head, epoch, now } = work;
  const { business } = device;
  const before = { head: head.head, rev: head.rev };
  const streams = await readStreams(trx, business, device.device, request.run);
  if (streams[0]?.fork_of !== null) streams.unshift(newStream(business, device.device, request.run));
  const main = streams[0] as StreamRow;
  const begins = main.stored_through === 0;
  const stored = await readStored(trx, readings, streams);
  const placings = placeAll(readings, streams, stored, await readLoose(trx, streams));

  if (device.revoked_at === null) await storePrograms(trx, head, request.programs);
  const patches = newPatches(request.patches, device.device, main);
  const readable = readings.flatMap((reading, at) =>
    reading.ok && placings[at]?.kind === 'append' ? [reading.event] : [],
  );
  const batch = await loadBatch(trx, readable, patches, { head, epoch, now, newId: deps.random.id });
  for (const patch of patches) applyPatch(batch, patch);
  const { results, quarantine } = bookAll(batch, work, placings);
  main.recorded_through = Math.max(main.recorded_through, request.health?.recorded?.[request.run] ?? 0);

  const members = await storeBatch(trx, batch);
  await writeStreams(
    trx,
    streams.filter((one) => one.stored_through > 0 || one.patches_through > 0 || one.recorded_through > 0),
  );
  if (quarantine.length > 0) await trx.insertInto('quarantine').values(quarantine).execute();
  if (request.health) await noteHealth(trx, device, { ...request, health: request.health, begins }, now);

  const run = placings.findLast((placing) => placing.kind !== 'gap')?.run ?? main.run;
  const at = streams.find((stream) => stream.run === run) ?? main;
  const answer: PushAnswer = {
    epoch,
    head: batch.head.head,
    time: now,
    durableThrough: await readDurable(trx, business, device.device),
    storedThrough: at.stored_through,
    storedHash: at.stored_through === 0 ? null : at.stored_hash,
    patchesThrough: main.patches_through,
    results,
    need: { programs: [...batch.missingPrograms] },
  };
  return { answer, members, moved: head.head > before.head || head.rev > before.rev };
}

/** Books what is new, in order, and says of each event what became of it where that is not plain "accepted". */
function bookAll(batch: Batch, { device, readings, now }: Work, placings: readonly Placing[]) {
  const results: PushResult[] = [];
  const quarantine: QuarantineRow[] = [];
  const revoked = device.revoked_at === null ? [] : (['afterRevocation'] as const);
  for (const [at, reading] of readings.entries()) {
    const placing = placings[at];
    // Nothing behind a gap has a place.
    if (!placing) break;
    const { seq } = placing;
    if (placing.kind === 'gap') {
      results.push({ seq, result: 'gap' });
      break;
    }
    if (placing.kind === 'duplicate') {
      const code = placing.quarantine as QuarantineCode | null;
      results.push(code ? { seq, result: 'quarantined', code } : { seq, result: 'duplicate' });
      continue;
    }
    const booked = bookOne(batch, reading, {
      run: placing.run,
      flags: [...(placing.fork ? (['fork'] as const) : []), ...revoked],
    });
    if (!booked.ok) {
      const { bytes, hash } = reading;
      const { business } = device;
      const row = { business, device: device.device, run: placing.run, seq, hash, bytes, received_at: now };
      quarantine.push({ ...row, code: booked.code });
      results.push({ seq, result: 'quarantined', code: booked.code });
    } else if (booked.flags.length > 0) {
      results.push({ seq, result: 'flagged', codes: booked.flags });
    }
  }
  return { results, quarantine };
}

function bookOne(batch: Batch, reading: Reading, place: Parameters<typeof book>[2]) {
  if (!reading.ok) return { ok: false, code: reading.code } as const;
  if (batch.takenIds.has(reading.event.id)) return { ok: false, code: 'idTaken' } as const;
  try {
    return { ok: true, flags: book(batch, reading, place) } as const;
  } catch {
    // One event that the engine stumbles over must not hold up all the others; its bytes are kept and tried again.
    return { ok: false, code: 'bookingFailed' } as const;
  }
}

/** Patches that follow, without a gap, what is stored already; moves the stream's watermark on. */
function newPatches(patches: readonly ProfilePatch[], device: string, main: StreamRow): readonly ProfilePatch[] {
  const fresh: ProfilePatch[] = [];
  for (const patch of patches) {
    if (patch.device !== device || patch.run !== main.run || patch.pseq !== main.patches_through + 1) continue;
    main.patches_through = patch.pseq;
    fresh.push(patch);
  }
  return fresh;
}

/** Which of these runs end, as far as stored, with something in quarantine. */
async function readLoose(trx: Kysely<Schema>, streams: readonly StreamRow[]): Promise<Set<string>> {
  const [{ business, device }] = streams as [StreamRow];
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
async function readStored(
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
    .where(
      'hash',
      'in',
      old.map((reading) => reading.hash),
    )
    .execute();
  const stored = new Map<string, StoredAt>();
  for (const { run, seq, hash } of events) stored.set(hash, { run, seq, quarantine: null });
  for (const { run, seq, hash, code } of quarantined) stored.set(hash, { run, seq, quarantine: code });
  return stored;
}
