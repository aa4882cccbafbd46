import { ZERO_HASH } from '../../protocol/hash.ts';
import type { StreamRow } from '../store/tables/ledgerTables.ts';
import type { Reading } from './readEvent.ts';

/** What is stored already at a seq of a run or one of its branches. */
export interface StoredAt {
  readonly run: string;
  readonly seq: number;
  /** Set where it is in quarantine. */
  readonly quarantine: string | null;
}

/** Where one pushed event belongs. */
export type Placing =
  | { readonly kind: 'append'; readonly run: string; readonly seq: number; readonly fork: boolean }
  | { readonly kind: 'duplicate'; readonly run: string; readonly seq: number; readonly quarantine: string | null }
  | { readonly kind: 'gap'; readonly seq: number };

/** How far placing has come. */
interface Progress {
  readonly streams: StreamRow[];
  readonly stored: Map<string, StoredAt>;
  /** Runs whose last entry is in quarantine. */
  readonly loose: Set<string>;
  last: { readonly seq: number; readonly hash: string; readonly run: string } | null;
}

/**
 * Finds the place of each pushed event, in order and up to the first gap, and moves the given streams on. The run's own stream comes first in
 * `streams`; `first` is the number of the first event, where the till said it; `loose` names the runs that end with something
 * in quarantine. An event that says it follows one that we do not have is a gap, and so is all behind it. An event whose
 * number is taken by another one, or which follows something else than what we hold, comes from a copy of the device: it
 * begins a branch, named by its hash, and what follows it there follows it here.
 */
export function placeAll(
  readings: readonly Reading[],
  first: number | undefined,
  streams: StreamRow[],
  stored: ReadonlyMap<string, StoredAt>,
  loose: ReadonlySet<string> = new Set(),
): readonly Placing[] {
  const progress: Progress = { streams, stored: new Map(stored), loose: new Set(loose), last: null };
  const placings: Placing[] = [];
  const from = first ?? firstOf(readings);
  for (const [index, reading] of readings.entries()) {
    const at = from === null ? progress.last && progress.last.seq + 1 : from + index;
    const placing = place(reading, at, progress);
    placings.push(placing);
    if (placing.kind === 'gap') break;
    const { run, seq } = placing;
    progress.last = { run, seq, hash: reading.hash };
    // The same event twice in one push is a duplicate as well.
    progress.stored.set(reading.hash, { run, seq, quarantine: reading.ok ? null : reading.code });
  }
  return placings;
}

/** Number of the first event as the others tell it; `null` where none can. */
function firstOf(readings: readonly Reading[]): number | null {
  for (const [at, reading] of readings.entries()) {
    const tells = reading.ok || reading.code === 'unknownKind';
    if (tells && reading.seq !== null) return reading.seq - at;
  }
  return null;
}

/**
 * @param at the number at which the till holds it, `null` where nobody tells; what an event says of itself counts more, if it
 * can be read
 */
function place(reading: Reading, at: number | null, { streams, stored, loose, last }: Progress): Placing {
  const [main] = streams;
  if (!main) throw new Error('A push has a stream.');
  const { hash, prev } = reading;
  const known = stored.get(hash);
  // Several damaged events may look the same (empty, for one): each stands where it came.
  const elsewhere = reading.seq === null && at !== null && known?.seq !== at;
  if (known && !elsewhere) {
    // It was readmitted ahead of the ones before it, which have come by now.
    if (known.run === main.run && known.seq === main.stored_through + 1) append(main, reading, loose);
    return { kind: 'duplicate', ...known };
  }
  const seq = reading.ok ? reading.seq : (at ?? main.stored_through + 1);
  const fits = streams.find(
    (stream) => stream.stored_through + 1 === seq && stream.stored_hash === prev && !isTaken(stream, seq, stored),
  );
  if (fits) return append(fits, reading, loose);
  // What cannot be read cannot say what it follows: it stands behind the one before it, or where there is room for it.
  const behind = streams.find((stream) => (last ? stream.run === last.run : stream.stored_through + 1 === seq)) ?? main;
  if (!reading.ok && behind.stored_through + 1 === seq) return append(behind, reading, loose);
  // Behind something unreadable nobody can know what the right `prev` was.
  const behindLoose = streams.find(
    (stream) => stream.stored_through + 1 === seq && loose.has(stream.run) && !isTaken(stream, seq, stored),
  );
  if (behindLoose) return append(behindLoose, reading, loose);
  if (seq > main.stored_through + 1) return { kind: 'gap', seq };
  // Its number is taken, and it does not even say that it has it: what is stored there was damaged after it had come.
  if (!reading.ok && reading.seq !== seq) return { kind: 'duplicate', run: behind.run, seq, quarantine: null };
  return append(branchOf(main, reading.hash, seq, streams), reading, loose);
}

/** Whether another event was readmitted under that number, ahead of the ones before it. */
function isTaken(stream: StreamRow, seq: number, stored: ReadonlyMap<string, StoredAt>): boolean {
  if (seq > stream.ahead_through) return false;
  return [...stored.values()].some((at) => at.run === stream.run && at.seq === seq && at.quarantine === null);
}

/** Begins a branch of a run, named by its first event. */
export function branchOf(main: StreamRow, hash: string, seq: number, streams: StreamRow[]): StreamRow {
  const branch: StreamRow = {
    ...main,
    run: `${main.run}~${hash.slice(0, 8)}`,
    fork_of: main.run,
    stored_through: seq - 1,
    patches_through: 0,
    durable_through: 0,
    recorded_through: 0,
    ahead_through: 0,
    left_at: null,
  };
  streams.push(branch);
  return branch;
}

function append(stream: StreamRow, reading: Reading, loose: Set<string>): Placing {
  stream.stored_through += 1;
  stream.stored_hash = reading.hash;
  if (reading.ok) loose.delete(stream.run);
  else loose.add(stream.run);
  // Who goes on with a run that its till has left is a copy of that till.
  const fork = stream.fork_of !== null || stream.left_at !== null;
  return { kind: 'append', run: stream.run, seq: stream.stored_through, fork };
}

/** The stream of a run of which nothing is stored yet. */
export function newStream(business: string, device: string, run: string): StreamRow {
  return {
    business,
    device,
    run,
    fork_of: null,
    stored_through: 0,
    stored_hash: ZERO_HASH,
    patches_through: 0,
    durable_through: 0,
    recorded_through: 0,
    ahead_through: 0,
    left_at: null,
  };
}
