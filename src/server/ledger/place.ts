import { ZERO_HASH } from '../../protocol/hash.ts';
import type { StreamRow } from '../store/ledgerTables.ts';
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

/**
 * Finds the place of each pushed event, in order, and moves the given streams on. The run's own stream comes first in
 * `streams`. An event that says it follows one that we do not have is a gap, and so is all behind it. An event whose number
 * is taken by another one, or which follows something else than what we hold, comes from a copy of the device: it begins
 * a branch, named by its hash, and what follows it there follows it here.
 */
export function placeAll(
  readings: readonly Reading[],
  streams: StreamRow[],
  before: ReadonlyMap<string, StoredAt>,
): readonly Placing[] {
  const stored = new Map(before);
  const placings: Placing[] = [];
  let last: { readonly seq: number; readonly hash: string } | null = null;
  for (const reading of readings) {
    const placing = place(reading, streams, stored, last);
    placings.push(placing);
    if (placing.kind === 'gap') continue;
    last = { seq: placing.seq, hash: reading.hash };
    // The same event twice in one push is a duplicate as well.
    if (placing.kind === 'append') {
      stored.set(reading.hash, { run: placing.run, seq: placing.seq, quarantine: reading.ok ? null : reading.code });
    }
  }
  return placings;
}

function place(
  reading: Reading,
  streams: StreamRow[],
  stored: ReadonlyMap<string, StoredAt>,
  last: { readonly seq: number; readonly hash: string } | null,
): Placing {
  const [main] = streams;
  if (!main) throw new Error('A push has a stream.');
  const { hash } = reading;
  const known = stored.get(hash);
  if (known) return { kind: 'duplicate', ...known };
  // What cannot be read stands where it came: behind the one before it.
  const seq = reading.seq ?? (last ? last.seq + 1 : main.stored_through + 1);
  const prev = reading.prev ?? last?.hash ?? main.stored_hash;
  const tip = streams.find((stream) => stream.stored_through === seq - 1 && stream.stored_hash === prev);
  if (tip) return append(tip, seq, hash);
  if (seq > main.stored_through + 1) return { kind: 'gap', seq };
  const branch: StreamRow = {
    ...main,
    run: `${main.run}~${hash.slice(0, 8)}`,
    fork_of: main.run,
    patches_through: 0,
    durable_through: 0,
  };
  streams.push(branch);
  return append(branch, seq, hash);
}

function append(stream: StreamRow, seq: number, hash: string): Placing {
  stream.stored_through = seq;
  stream.stored_hash = hash;
  return { kind: 'append', run: stream.run, seq, fork: stream.fork_of !== null };
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
  };
}
