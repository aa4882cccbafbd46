import type { Admitted } from '../../../protocol/event.ts';
import { chainHash, eventHash } from '../../../protocol/hash.ts';

/**
 * Whether admissions follow a cursor without a gap, and are the ones that the chain names: every hash is worked out again
 * from the bytes. Gives the chain after the last; `null` where something does not fit.
 */
export function chainAfter(from: { readonly gseq: number; readonly chain: string }, admitted: readonly Admitted[]) {
  let { gseq, chain } = from;
  for (const each of admitted) {
    gseq += 1;
    if (each.gseq !== gseq || eventHash(each.bytes) !== each.hash) return null;
    chain = chainHash(chain, each.hash);
    if (chain !== each.chain) return null;
  }
  return { gseq, chain };
}
