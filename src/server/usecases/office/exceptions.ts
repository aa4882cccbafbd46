import type { ExceptionRecord } from '../../../protocol/event.ts';
import type { OfficeRefusal } from '../../../protocol/office/officeApi.ts';
import type { Deps } from '../../deps.ts';
import { lockBusiness } from '../../store/businesses.ts';
import { getDocument, putDocument } from '../../store/documents.ts';
import { recordServerEventsIn } from '../recordServerEvents.ts';

type Done = { readonly ok: true } | { readonly ok: false; readonly refusal: OfficeRefusal };

export interface Closing {
  readonly id: string;
  readonly note: string;
  /** It does not count for the member any more: they may redeem as if it had not been. */
  readonly lift: boolean;
}

/** The owner has seen an exception: it goes from the lists of office and tills. Closing it again changes nothing but the note. */
export async function closeException(
  deps: Pick<Deps, 'db' | 'clock' | 'random' | 'live'>,
  business: string,
  by: string,
  { id, note, lift }: Closing,
): Promise<Done> {
  const closed = await deps.db.transaction().execute(async (trx): Promise<ExceptionRecord | null> => {
    await lockBusiness(trx, business);
    const found = await getDocument(trx, business, 'exception', id);
    if (!found) return null;
    const lifted = lift && found.member !== null && found.toward === 'member';
    if (lifted && found.seen?.lifted !== true) {
      const fact = { kind: 'forgiven', target: found.event, reason: note } as const;
      await recordServerEventsIn(trx, deps, business, [{ member: found.member, fact, staff: null }]);
    }
    const seen = { by, at: deps.clock.now(), note, lifted: lifted || found.seen?.lifted === true };
    const data: ExceptionRecord = { ...found, closed: true, seen };
    await putDocument(trx, business, { kind: 'exception', id, data });
    return data;
  });
  if (!closed) return { ok: false, refusal: { kind: 'notFound' } };
  deps.live.moved(business, { members: closed.member === null ? [] : [closed.member] });
  return { ok: true };
}
