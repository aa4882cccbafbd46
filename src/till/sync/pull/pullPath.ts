import type { Cursor } from '../../../protocol/sync.ts';

/** The path of a pull behind a cursor. */
export function pullPath(cursor: Cursor): string {
  const query = new URLSearchParams({
    epoch: cursor.epoch,
    gseq: String(cursor.gseq),
    chain: cursor.chain,
    rev: String(cursor.rev),
  });
  return `/sync/pull?${query.toString()}`;
}
