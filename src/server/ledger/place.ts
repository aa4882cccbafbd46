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
 * `streams`; `loose` names the runs that end with something in quarantine. An event that says it follows one that we do
 * not have is a gap, and so is all behind it. An event whose number is taken by another one, or which follows something
 * else than what we hold, comes from a copy of the device: it begins a branch, named by its hash, and what follows it
 * there follows it here.
 */
export function placeAll(
  readings: readonly Reading[],
  streams: StreamRow[],
  stored: ReadonlyMap<string, StoredAt>,
  loose: ReadonlySet<string> = new Set(),
): readonly Placing[] {
  const progress: Progress = { streams, stored: new Map(stored), loose: new Set(loose), last: null };
  const placings: Placing[] = [];
  for (const [at, reading] of readings.entries()) {
    const placing = (at === 0 && damagedCopy(readings, streams)) || place(reading, progress);
    placings.push(placing);
    if (placing.kind === 'gap') break;
    const { run, seq } = placing;
    progress.last = { run, seq, hash: reading.hash };
    // The same event twice in one push is a duplicate as well.
    progress.stored.set(reading.hash, { run, seq, quarantine: reading.ok ? null : reading.code });
  }
  return placings;
}

/**
 * A push that begins with something unreadable whose number, told by the one behind it, is stored already: bytes that were
 * damaged after they had come. It must not take the number of what the device recorded next.
 */
function damagedCopy([first, next]: readonly Reading[], [main]: readonly StreamRow[]): Placing | null {
  if (!first || !main || first.seq !== null || typeof next?.seq !== 'number') return null;
  const seq = next.seq - 1;
  if (seq < 1 || seq > main.stored_through) return null;
  return { kind: 'duplicate', run: main.run, seq, quarantine: null };
}

function place(reading: Reading, { streams, stored, loose, last }: Progress): Placing {
  const [main] = streams;
  if (!main) throw new Error('A push has a stream.');
  const { hash, seq, prev } = reading;
  const known = stored.get(hash);
  // Several damaged events may look the same (empty, for one): each stands where it came.
  const elsewhere = seq === null && last !== null && known?.seq !== last.seq + 1;
  if (known && !elsewhere) {
    // It was readmitted ahead of the ones before it, which have come by now.
    if (known.run === main.run && known.seq === main.stored_through + 1) append(main, reading, loose);
    return { kind: 'duplicate', ...known };
  }
  const fits = streams.find(
    (stream) => stream.stored_through + 1 === seq && stream.stored_hash === prev && !isTaken(stream, seq, stored),
  );
  if (fits) return append(fits, reading, loose);
  if (!reading.ok || seq === null) {
    // What cannot be read cannot say where it belongs either: it stands where it came, behind the one before it.
    const behind = streams.find((stream) => stream.run === (last?.run ?? main.run)) ?? main;
    if (last === null || behind.stored_through === last.seq) return append(behind, reading, loose);
    // Its number is taken. A copy of the device may have recorded it in a later version: it is kept beside the other one.
    if (seq === last.seq + 1) return append(branchOf(main, reading.hash, seq, streams), reading, loose);
    return { kind: 'gap', seq: last.seq + 1 };
  }
  // Behind something unreadable nobody can know what the right `prev` was.
  const behindLoose = streams.find((stream) => stream.stored_through + 1 === seq && loose.has(stream.run));
  if (behindLoose) return append(behindLoose, reading, loose);
  if (seq > main.stored_through + 1) return { kind: 'gap', seq };
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
