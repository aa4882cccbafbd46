import type { Event } from '../../protocol/event.ts';
import { type Batch, changeDocument } from './batch/batch.ts';

/** A code of the owner's that a till took is gone, and the codes before it that were never used with it. */
export function noteOwnerCode(batch: Batch, { device, fact }: Event): void {
  const goOn = fact.kind === 'redeemed' ? fact.goOn : undefined;
  const known = batch.risk.ownerCodes.get(device);
  if (goOn?.kind !== 'ownerCode' || !known || goOn.n <= known.used) return;
  const data = { ...known, used: goOn.n, codes: known.codes.filter(({ n }) => n > goOn.n) };
  batch.risk.ownerCodes.set(device, data);
  changeDocument(batch, { kind: 'ownerCodes', id: device, data });
}
