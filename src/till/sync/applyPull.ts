import { apply } from '../../loyalty/apply.ts';
import { emptyState } from '../../loyalty/emptyState.ts';
import type { Credential, Document, MemberRecord } from '../../protocol/documents.ts';
import type { Event } from '../../protocol/event.ts';
import type { Cursor, PullAnswer } from '../../protocol/sync.ts';
import { indexKeys } from '../members/memberIndex.ts';
import { findByIndex, findRecord, type Held } from '../members/records.ts';
import type { CacheDb, ChangedRow, Covered, DocumentRow, Generation, JournalRow } from '../store/cacheDb.ts';

export interface Pulled {
  readonly generation: Generation;
  /** Members whose record changed. */
  readonly members: readonly string[];
  readonly documents: boolean;
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
    const records = new Records(db, found);
    const journal: JournalRow[] = [];
    for (const admitted of answer.admitted) {
      const event = JSON.parse(admitted.bytes) as Event;
      journal.push({ epoch: basis.epoch, gseq: admitted.gseq, id: event.id, day: admitted.day, admitted });
      if (admitted.member === null) continue;
      const { record } = await records.get(admitted.member);
      if (admitted.gseq <= record.gseq) continue;
      records.put({ ...record, gseq: admitted.gseq, state: apply(record.state, admitted.booked) });
    }
    const shop: DocumentRow[] = [];
    for (const document of answer.documents) {
      if (document.kind === 'profile') await records.profile(document.id, document.data);
      else if (document.kind === 'credential') await records.credential(document.data);
      else shop.push(documentRow(document));
    }
    const generation: Generation = {
      ...found,
      ...after,
      cursor: answer.cursor,
      unknownMet: found.unknownMet || records.unknownMet,
      asOf: answer.more ? found.asOf : answer.time,
    };
    await db.changed.bulkPut(records.rows());
    await db.documents.bulkPut(shop);
    await db.journal.bulkPut(journal);
    if (row?.key === 'building') await db.meta.put({ key: 'building', value: { ...row.value, generation } });
    else await db.meta.put({ key: 'current', value: generation });
    return { generation, members: records.changed(), documents: shop.length > 0 };
  });
}

export function documentRow(document: Document): DocumentRow {
  const day = document.kind === 'exception' ? document.data.day : '';
  return { kind: document.kind, id: document.id, document, day };
}

function sameCursor(a: Cursor, b: Cursor): boolean {
  return a.epoch === b.epoch && a.gseq === b.gseq && a.chain === b.chain && a.rev === b.rev;
}

/** Member records under change within one transaction. */
class Records {
  readonly #db: CacheDb;
  readonly #generation: Generation;
  readonly #held = new Map<string, Held>();
  readonly #changed = new Set<string>();

  constructor(db: CacheDb, generation: Generation) {
    this.#db = db;
    this.#generation = generation;
  }

  get unknownMet(): boolean {
    return this.changed().some((member) => (this.#held.get(member)?.record.state.unknown ?? 0) > 0);
  }

  async get(member: string): Promise<Held> {
    const known = this.#held.get(member);
    if (known !== undefined) return known;
    const found = (await findRecord(this.#db, this.#generation, member)) ?? {
      record: { member, gseq: 0, state: emptyState(), profile: null, credentials: [] },
      erased: false,
    };
    this.#held.set(member, found);
    return found;
  }

  put(record: MemberRecord, erased?: boolean): void {
    const before = this.#held.get(record.member);
    this.#held.set(record.member, { record, erased: erased ?? before?.erased ?? false });
    this.#changed.add(record.member);
  }

  /** `null`: the member was erased. */
  async profile(member: string, profile: MemberRecord['profile']): Promise<void> {
    const { record } = await this.get(member);
    this.put({ ...record, profile }, profile === null);
  }

  /** A card belongs to one member; where it moved (a merge), the other one loses it. */
  async credential(credential: Credential): Promise<void> {
    const holders = await findByIndex(this.#db, this.#generation, 'card', credential.id);
    const here = [...this.#held.values()].filter(({ record }) =>
      record.credentials.some((c) => c.id === credential.id),
    );
    for (const { record } of [...holders, ...here]) {
      if (record.member === credential.member) continue;
      const now = (await this.get(record.member)).record;
      this.put({ ...now, credentials: now.credentials.filter((each) => each.id !== credential.id) });
    }
    const { record } = await this.get(credential.member);
    const others = record.credentials.filter((each) => each.id !== credential.id);
    this.put({ ...record, credentials: [...others, credential] });
  }

  changed(): readonly string[] {
    return [...this.#changed];
  }

  rows(): ChangedRow[] {
    const { g } = this.#generation;
    return this.changed().flatMap((member) => {
      const held = this.#held.get(member);
      if (held === undefined) return [];
      return [{ g, member, record: held.record, erased: held.erased, keys: indexKeys(g, held.record) }];
    });
  }
}
