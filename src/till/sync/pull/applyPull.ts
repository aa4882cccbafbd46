import { apply } from '../../../loyalty/apply.ts';
import type { Document } from '../../../protocol/documents.ts';
import type { Event } from '../../../protocol/event.ts';
import type { Cursor, PullAnswer } from '../../../protocol/sync.ts';
import type { CacheDb, Covered, DocumentRow, Generation, JournalRow } from '../../store/cacheDb.ts';
import { forgetInPages } from '../../members/forget.ts';
import { RecordSet } from './recordSet.ts';

export interface Pulled {
  readonly generation: Generation;
  /** Members whose record changed. */
  readonly members: readonly string[];
  readonly documents: boolean;
  /** Members who asked to be forgotten. */
  readonly erased: readonly string[];
}

/**
 * Folds a pulled answer onto a generation: states, documents, journal and cursor in one transaction of the cache, so that
 * none is ever ahead of another. Gives `null`, and changes nothing, where the generation has moved meanwhile.
 * @param slot which generation: the one in use, or the one that a bootstrap builds
 */
export async function applyPull(
  db: CacheDb,
  slot: 'current' | 'building',
  basis: Cursor,
  answer: PullAnswer,
  after: { readonly covered: Covered; readonly patchesCovered: Readonly<Record<string, number>> },
): Promise<Pulled | null> {
  const tables = [db.meta, db.changed, db.pages, db.index, db.documents, db.journal];
  return db.transaction('rw', tables, async () => {
    const row = await db.meta.get(slot);
    const found = row?.key === 'current' ? row.value : row?.key === 'building' ? row.value.generation : null;
    if (found === null || !sameCursor(found.cursor, basis)) return null;
    const records = await RecordSet.read(db, found, answer);
    const journal: JournalRow[] = [];
    for (const admitted of answer.admitted) {
      const event = JSON.parse(admitted.bytes) as Event;
      journal.push({ epoch: basis.epoch, gseq: admitted.gseq, id: event.id, day: admitted.day, admitted });
      if (admitted.member === null) continue;
      const record = records.get(admitted.member);
      if (admitted.gseq <= record.gseq) continue;
      records.put({ ...record, gseq: admitted.gseq, state: apply(record.state, admitted.booked) });
    }
    const shop: DocumentRow[] = [];
    for (const document of answer.documents) {
      const other = records.takeDocument(document);
      if (other !== null) shop.push(documentRow(other));
    }
    const generation: Generation = {
      ...found,
      ...after,
      cursor: answer.cursor,
      unknownMet: found.unknownMet || records.unknownMet,
      asOf: answer.more ? found.asOf : answer.time,
    };
    const erased = answer.documents.flatMap(({ kind, id, data }) => (kind === 'profile' && data === null ? [id] : []));
    await forgetInPages(db, found, erased);
    await db.changed.bulkPut(records.rows());
    await db.documents.bulkPut(shop);
    await db.journal.bulkPut(journal);
    if (row?.key === 'building') await db.meta.put({ key: 'building', value: { ...row.value, generation } });
    else await db.meta.put({ key: 'current', value: generation });
    return { generation, members: records.changed(), documents: shop.length > 0, erased };
  });
}

/** A document as the cache keeps it: exceptions can be found by day. */
export function documentRow(document: Document): DocumentRow {
  const day = document.kind === 'exception' ? document.data.day : '';
  return { kind: document.kind, id: document.id, document, day };
}

function sameCursor(a: Cursor, b: Cursor): boolean {
  return a.epoch === b.epoch && a.gseq === b.gseq && a.chain === b.chain && a.rev === b.rev;
}
