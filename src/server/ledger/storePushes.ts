import type { Kysely } from 'kysely';
import type { ProfilePatch } from '../../protocol/documents.ts';
import type { PushAnswer, PushRequest, PushResult, QuarantineCode } from '../../protocol/sync.ts';
import type { BusinessRow, DeviceRow, QuarantineRow, StreamRow } from '../store/tables/ledgerTables.ts';
import type { Schema } from '../store/schema.ts';
import { readDurable, readStreams, writeStreams } from '../store/streams.ts';
import { noteHealth } from '../usecases/noteHealth.ts';
import { storePrograms } from '../usecases/storePrograms.ts';
import type { Batch } from './batch/batch.ts';
import { book } from './book.ts';
import { loadBatch, type Surroundings } from './batch/loadBatch.ts';
import { newStream, type Placing, placeAll } from './place.ts';
import { applyPatch } from './profiles.ts';
import type { Reading } from './readEvent.ts';
import { storeBatch } from './batch/storeBatch.ts';
import { readLoose, readStored } from './storedBefore.ts';

/** What a till brings, or somebody in its place, who cannot say how it is. */
export type Delivery = Omit<PushRequest, 'health'> & { readonly health: PushRequest['health'] | null };

/** One push, its events read. */
export interface Work {
  readonly device: DeviceRow;
  readonly request: Delivery;
  readonly readings: readonly Reading[];
}

/** A push whose events have their places in the streams of its device. */
interface Placed extends Work {
  readonly streams: readonly StreamRow[];
  readonly main: StreamRow;
  readonly placings: readonly Placing[];
  readonly patches: readonly ProfilePatch[];
  /** Nothing of this run was stored before. */
  readonly begins: boolean;
}

export interface Stored {
  /** One for each push, in their order. */
  readonly answers: readonly PushAnswer[];
  /** Members whose state or profile changed. */
  readonly members: readonly string[];
  /** Something new is there to be pulled. */
  readonly moved: boolean;
}

/**
 * Stores and books pushes of different devices of one business, one after the other, within the caller's transaction, which
 * holds the lock of the business. What they touch is loaded and written together.
 */
export async function storePushes(trx: Kysely<Schema>, works: readonly Work[], around: Surroundings): Promise<Stored> {
  const { head } = around;
  const before = { head: head.head, rev: head.rev };
  const placed: Placed[] = [];
  for (const work of works) placed.push(await placePush(trx, work, head));
  const readable = placed.flatMap(({ readings, placings }) =>
    readings.flatMap((reading, at) => (reading.ok && placings[at]?.kind === 'append' ? [reading.event] : [])),
  );
  const batch = await loadBatch(
    trx,
    readable,
    placed.flatMap(({ patches }) => patches),
    around,
  );
  const booked = placed.map((push) => bookPush(batch, push));
  const members = await storeBatch(trx, batch);
  await writeStreams(
    trx,
    placed
      .flatMap(({ streams }) => streams)
      .filter((one) => one.stored_through > 0 || one.patches_through > 0 || one.recorded_through > 0),
  );
  const quarantine = booked.flatMap((one) => one.quarantine);
  if (quarantine.length > 0) await trx.insertInto('quarantine').values(quarantine).execute();
  const answers: PushAnswer[] = [];
  for (const [at, push] of placed.entries()) {
    const { device, request, begins } = push;
    if (request.health) await noteHealth(trx, device, { ...request, health: request.health, begins }, batch.now);
    const durableThrough = await readDurable(trx, batch.business, device.device);
    const { results = [], missing = [] } = booked[at] ?? {};
    answers.push({
      epoch: batch.epoch,
      head: head.head,
      time: batch.now,
      durableThrough,
      ...standOf(push),
      results,
      need: { programs: missing },
    });
  }
  return { answers, members, moved: head.head > before.head || head.rev > before.rev };
}

async function placePush(trx: Kysely<Schema>, work: Work, head: BusinessRow): Promise<Placed> {
  const { device, request, readings } = work;
  const { business } = device;
  const streams = await readStreams(trx, business, device.device, request.run);
  if (streams[0]?.fork_of !== null) streams.unshift(newStream(business, device.device, request.run));
  const main = streams[0] as StreamRow;
  const begins = main.stored_through === 0;
  const stored = await readStored(trx, readings, streams);
  const placings = placeAll(readings, request.first, streams, stored, await readLoose(trx, streams));
  if (device.revoked_at === null) await storePrograms(trx, head, request.programs);
  return { ...work, streams, main, placings, begins, patches: newPatches(request.patches, device.device, main) };
}

/** How far the run (or the branch that it became) is stored. */
function standOf({ placings, main, streams }: Placed) {
  const run = placings.findLast((placing) => placing.kind !== 'gap')?.run ?? main.run;
  const at = streams.find((stream) => stream.run === run) ?? main;
  return {
    storedThrough: at.stored_through,
    storedHash: at.stored_through === 0 ? null : at.stored_hash,
    patchesThrough: main.patches_through,
  };
}

function bookPush(batch: Batch, push: Placed) {
  const { main, request } = push;
  for (const patch of push.patches) applyPatch(batch, patch);
  batch.missingPrograms.clear();
  const booked = bookAll(batch, push, push.placings);
  main.recorded_through = Math.max(main.recorded_through, request.health?.recorded?.[request.run] ?? 0);
  return { ...booked, missing: [...batch.missingPrograms] };
}

/** Books what is new, in order, and says of each event what became of it where that is not plain "accepted". */
function bookAll(batch: Batch, { device, readings }: Work, placings: readonly Placing[]) {
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
      const row = { business, device: device.device, run: placing.run, seq, hash, bytes, received_at: batch.now };
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
