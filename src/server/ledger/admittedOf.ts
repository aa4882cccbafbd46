import type { Effect } from '../../loyalty/effects.ts';
import type { Admitted, Flag } from '../../protocol/event.ts';
import type { EventRow } from '../store/tables/ledgerTables.ts';

/** A stored event as pull and export carry it. */
export function admittedOf(row: EventRow): Admitted {
  return {
    gseq: row.gseq,
    chain: row.chain,
    hash: row.hash,
    receivedAt: row.received_at,
    day: row.day,
    member: row.member,
    booked: JSON.parse(row.booked) as Effect[],
    flags: JSON.parse(row.flags) as Flag[],
    bytes: row.bytes,
  };
}
