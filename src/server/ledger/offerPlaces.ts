import type { Kysely } from 'kysely';
import type { QuarantineRow, StreamRow } from '../store/tables/ledgerTables.ts';
import { freeQuarantined } from '../store/quarantine.ts';
import type { Schema } from '../store/schema.ts';
import { readStreams, writeStreams } from '../store/streams.ts';
import { branchOf, newStream } from './place.ts';
import type { ReadEvent } from './readEvent.ts';

/** A run of a device with its branches, the run itself first, and which of its numbers are taken. */
interface Run {
  readonly streams: StreamRow[];
  /** `run/seq` of events. */
  readonly taken: Set<string>;
  /** Rows in quarantine, by hash. */
  readonly quarantined: Map<string, QuarantineRow>;
  /** Runs that end with something in quarantine. */
  readonly loose: Set<string>;
}

export interface OfferPlace {
  readonly run: string;
  readonly seq: number;
  /** Its number is another event's. */
  readonly fork: boolean;
}

/**
 * Finds the numbers of events that come back by way of another till. They may come before those ahead of them in their run,
 * which that till never had: such an event takes its number all the same, and the run's watermark follows when the gap is
 * filled.
 */
export class OfferPlaces {
  readonly #runs: ReadonlyMap<string, Run>;
  readonly #hashes: ReadonlySet<string>;
  readonly #freed: QuarantineRow[] = [];

  private constructor(runs: ReadonlyMap<string, Run>, hashes: ReadonlySet<string>) {
    this.#runs = runs;
    this.#hashes = hashes;
  }

  static async read(trx: Kysely<Schema>, business: string, readings: readonly ReadEvent[]): Promise<OfferPlaces> {
    const byRun = new Map<string, ReadEvent[]>();
    for (const reading of readings) {
      const key = keyOf(reading.event);
      byRun.set(key, [...(byRun.get(key) ?? []), reading]);
    }
    const runs = new Map<string, Run>();
    const hashes = new Set<string>();
    for (const [key, mine] of byRun) runs.set(key, await readRun(trx, business, mine, hashes));
    return new OfferPlaces(runs, hashes);
  }

  /** Whether the ledger holds an event of that hash in the same run. */
  has(hash: string): boolean {
    return this.#hashes.has(hash);
  }

  /** Gives an event its number; `null` where it was given one before. */
  place({ event, hash }: ReadEvent): OfferPlace | null {
    const run = this.#runs.get(keyOf(event));
    const [main] = run?.streams ?? [];
    if (!run || !main) throw new Error('Every offered event has a run.');
    const { seq, prev } = event;
    const held = run.quarantined.get(hash);
    if (held) {
      run.quarantined.delete(hash);
      this.#freed.push(held);
      return { run: held.run, seq: held.seq, fork: held.run !== event.run };
    }
    const isTaken = (stream: StreamRow) => run.taken.has(`${stream.run}/${seq}`);
    const next = run.streams.filter((stream) => stream.stored_through + 1 === seq && !isTaken(stream));
    const fits = next.find((stream) => stream.stored_hash === prev) ?? next.find((stream) => run.loose.has(stream.run));
    if (fits) return append(run, fits, hash);
    if (seq > main.stored_through + 1 && !isTaken(main)) {
      main.ahead_through = Math.max(main.ahead_through, seq);
      run.taken.add(`${main.run}/${seq}`);
      return { run: main.run, seq, fork: false };
    }
    const name = `${main.run}~${hash.slice(0, 8)}`;
    if (run.streams.some((stream) => stream.run === name)) return null;
    return append(run, branchOf(main, hash, seq, run.streams), hash);
  }

  /** Writes how far the runs are now, and what came free of quarantine or went into it; after the events were stored. */
  async store(trx: Kysely<Schema>, failed: readonly QuarantineRow[]): Promise<void> {
    await freeQuarantined(trx, this.#freed);
    if (failed.length > 0) {
      await trx
        .insertInto('quarantine')
        .values([...failed])
        .execute();
    }
    for (const { streams } of this.#runs.values()) {
      const [main] = streams;
      if (main && main.ahead_through > main.stored_through) await catchUp(trx, main);
      await writeStreams(
        trx,
        streams.filter((stream) => stream.stored_through > 0 || stream.ahead_through > 0),
      );
    }
  }
}

function append(run: Run, stream: StreamRow, hash: string): OfferPlace {
  stream.stored_through += 1;
  stream.stored_hash = hash;
  run.loose.delete(stream.run);
  run.taken.add(`${stream.run}/${stream.stored_through}`);
  return { run: stream.run, seq: stream.stored_through, fork: stream.fork_of !== null };
}

/** Moves the watermark over events that came ahead, now that those before them are there. */
async function catchUp(trx: Kysely<Schema>, main: StreamRow): Promise<void> {
  const rows = await trx
    .selectFrom('events')
    .select(['seq', 'hash'])
    .where('business', '=', main.business)
    .where('device', '=', main.device)
    .where('run', '=', main.run)
    .where('seq', '>', main.stored_through)
    .orderBy('seq')
    .execute();
  for (const { seq, hash } of rows) {
    if (seq !== main.stored_through + 1) return;
    main.stored_through = seq;
    main.stored_hash = hash;
  }
}

async function readRun(
  trx: Kysely<Schema>,
  business: string,
  readings: readonly ReadEvent[],
  hashes: Set<string>,
): Promise<Run> {
  const [{ event }] = readings as [ReadEvent];
  const { device, run } = event;
  const streams = await readStreams(trx, business, device, run);
  if (streams[0]?.fork_of !== null) streams.unshift(newStream(business, device, run));
  const names = streams.map((stream) => stream.run);
  const numbers = readings.map((reading) => reading.event.seq);
  const rows = await trx
    .selectFrom('events')
    .select(['run', 'seq', 'hash'])
    .where('business', '=', business)
    .where('device', '=', device)
    .where('run', 'in', names)
    .where('seq', '>=', Math.min(...numbers))
    .where('seq', '<=', Math.max(...numbers))
    .execute();
  const quarantined = await trx
    .selectFrom('quarantine')
    .selectAll()
    .where('business', '=', business)
    .where('device', '=', device)
    .where('run', 'in', names)
    .execute();
  for (const row of rows) hashes.add(row.hash);
  const ends = new Map(streams.map((stream) => [stream.run, stream.stored_through]));
  return {
    streams,
    taken: new Set(rows.map((row) => `${row.run}/${row.seq}`)),
    quarantined: new Map(quarantined.map((row) => [row.hash, row])),
    loose: new Set(quarantined.filter((row) => ends.get(row.run) === row.seq).map((row) => row.run)),
  };
}

function keyOf({ device, run }: { readonly device: string; readonly run: string }): string {
  return `${device}/${run}`;
}
