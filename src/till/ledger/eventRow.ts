import type { Instant } from '../../loyalty/basics.ts';
import { canonical } from '../../protocol/canonical.ts';
import type { Event } from '../../protocol/event.ts';
import { eventHash } from '../../protocol/hash.ts';
import type { EventRow } from '../store/ledgerDb.ts';
import type { Head } from './ownLedger.ts';

/** An event but for its place in the run, which the head decides. */
export type Placeless = Omit<Event, 'v' | 'run' | 'seq' | 'prev'>;

/** Puts an event behind a head and makes its bytes and hash, once and for ever. */
export function placeAfter(
  head: Pick<Head, 'n' | 'run' | 'seq' | 'hash'>,
  placeless: Placeless,
  offline: boolean,
  recordedAt: Instant,
): { readonly row: EventRow; readonly event: Event } {
  const event: Event = { ...placeless, v: 1, run: head.run, seq: head.seq + 1, prev: head.hash };
  const bytes = canonical(event);
  const row = { n: head.n + 1, run: event.run, seq: event.seq, hash: eventHash(bytes), bytes, at: recordedAt, offline };
  return { row, event };
}
