import { Dexie, type Table } from 'dexie';
import type { Day, Instant } from '../../loyalty/basics.ts';
import type { Document, MemberRecord } from '../../protocol/documents.ts';
import type { Admitted } from '../../protocol/event.ts';
import type { Cursor } from '../../protocol/sync.ts';
import type { TillPorts } from '../ports.ts';

/** One page of a snapshot. Records stay text until one is wanted, so that reading a page costs little. */
interface PageRow {
  readonly g: number;
  readonly page: number;
  readonly members: readonly string[];
  readonly records: readonly string[];
}

/** One bucket of an index over the pages: value, member, value, member ... A hit must be checked against `changed`. */
export interface IndexRow {
  readonly g: number;
  readonly kind: IndexKind;
  readonly bucket: number;
  readonly pairs: readonly string[];
}

export type IndexKind = 'card' | 'phone' | 'alias' | 'name';

/** A member that has changed since the snapshot; it stands before the page's. */
export interface ChangedRow {
  readonly g: number;
  readonly member: string;
  readonly record: MemberRecord;
  /** The customer asked to be forgotten. */
  readonly erased: boolean;
  /** What it can be found by: `g:kind:value`, see `memberIndex.ts`. */
  readonly keys: readonly string[];
}

export interface DocumentRow {
  readonly kind: Document['kind'];
  readonly id: string;
  readonly document: Document;
  /** Of exceptions, so that a day's can be found; empty for all others, which are kept in memory. */
  readonly day: Day | '';
}

/** An admission of any till, kept for reversals and for Today. */
export interface JournalRow {
  readonly epoch: string;
  readonly gseq: number;
  /** Event id. */
  readonly id: string;
  readonly day: Day;
  readonly admitted: Admitted;
}

/** Which own rows (`EventRow.n`) the canonical states of a generation include: all through `through`, but for `holes`. */
export interface Covered {
  readonly through: number;
  readonly holes: readonly number[];
}

/** One set of canonical states as of a cursor. A fresh bootstrap builds the next generation beside the one in use. */
export interface Generation {
  readonly g: number;
  readonly cursor: Cursor;
  readonly fold: number;
  /** The build that folded it, and whether it met effects that it did not know: a newer build begins afresh then. */
  readonly build: string;
  readonly unknownMet: boolean;
  readonly pages: number;
  readonly covered: Covered;
  /** By run: own profile patches that the profiles include. */
  readonly patchesCovered: Readonly<Record<string, number>>;
  /** Server time as of which this is complete; `null` while the tail is not pulled. */
  readonly asOf: Instant | null;
}

/** A bootstrap under way, so that it goes on after a reload where it was. */
export interface Building {
  readonly generation: Generation;
  /** Of the pages as the server cuts them. */
  readonly nextPage: number;
  /** How many the server was asked for; missing: as many as the generation has. */
  readonly asked?: number;
}

type CacheMetaRow =
  | { readonly key: 'current'; readonly value: Generation }
  | { readonly key: 'building'; readonly value: Building }
  /** The states here must not be trusted any longer; a bootstrap is due. */
  | { readonly key: 'stale'; readonly value: string }
  /** The generation whose personal data was dropped, since the server was not heard of for a long time. */
  | { readonly key: 'nameless'; readonly value: number };

export type CacheDb = Dexie & {
  readonly pages: Table<PageRow, [number, number]>;
  readonly index: Table<IndexRow, [number, IndexKind, number]>;
  readonly changed: Table<ChangedRow, [number, string]>;
  readonly documents: Table<DocumentRow, [string, string]>;
  readonly journal: Table<JournalRow, [string, number]>;
  readonly meta: Table<CacheMetaRow, string>;
};

/** What can be had again from the server: the browser may write it to disk when it likes. */
export function openCacheDb(ports: Pick<TillPorts, 'indexedDb' | 'storeName'>): CacheDb {
  const db = new Dexie(`${ports.storeName}-cache`, {
    indexedDB: ports.indexedDb.factory,
    IDBKeyRange: ports.indexedDb.keyRange,
    chromeTransactionDurability: 'relaxed',
  }) as CacheDb;
  db.version(1).stores({
    pages: '[g+page]',
    index: '[g+kind+bucket]',
    changed: '[g+member], *keys',
    documents: '[kind+id], day',
    journal: '[epoch+gseq], id, day',
    meta: 'key',
  });
  return db;
}
