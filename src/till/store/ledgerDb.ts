import { Dexie, type Table } from 'dexie';
import type { Instant } from '../../loyalty/basics.ts';
import type { ProfilePatch } from '../../protocol/documents.ts';
import type { DeviceKeys, TillPorts } from '../ports.ts';

/**
 * One own event as it was recorded. `n` counts every row of this till, over all its runs, and is the primary key: two
 * tabs that build on the same head cannot both add `n`, so the key itself is the check of the head. The last row *is* the
 * head; there is nothing beside it that could disagree.
 */
export interface EventRow {
  readonly n: number;
  readonly run: string;
  /** 0: not an event, but the begin of a run. */
  readonly seq: number;
  readonly hash: string;
  /** Canonical bytes exactly as hashed; empty for the begin of a run. */
  readonly bytes: string;
  readonly at: Instant;
  /** Recorded while the server did not answer; policies count these. */
  readonly offline: boolean;
}

export interface PatchRow {
  readonly n: number;
  readonly run: string;
  readonly pseq: number;
  readonly patch: ProfilePatch;
}

/** Failed PINs of one person at this till, with how long the next try must wait. */
interface PinRow {
  readonly who: string;
  readonly fails: number;
  readonly until: Instant;
}

export interface Pairing {
  readonly device: string;
  readonly name: string;
  readonly business: string;
  readonly location: string;
  readonly keys: DeviceKeys;
}

/** A run and the row that begins it: the event with seq `s` is row `base + s`. */
export interface RunStart {
  readonly run: string;
  readonly base: number;
}

/** What the server has said about own runs. */
export interface Acknowledged {
  /** By run: through which seq the server has stored everything. */
  readonly events: Readonly<Record<string, number>>;
  /** By run: the same of profile patches. */
  readonly patches: Readonly<Record<string, number>>;
  /** By run: through which seq the ledger outlives the server. */
  readonly durable: Readonly<Record<string, number>>;
}

type MetaRow =
  | { readonly key: 'pairing'; readonly value: Pairing }
  | { readonly key: 'runs'; readonly value: readonly RunStart[] }
  | { readonly key: 'acknowledged'; readonly value: Acknowledged }
  | { readonly key: 'revoked'; readonly value: boolean };

export type LedgerDb = Dexie & {
  readonly events: Table<EventRow, number>;
  readonly patches: Table<PatchRow, number>;
  readonly meta: Table<MetaRow, string>;
  readonly pins: Table<PinRow, string>;
};

/** The till's own ledger: every transaction waits until the disk has it. The schema only ever grows. */
export function openLedgerDb(ports: Pick<TillPorts, 'indexedDb' | 'storeName'>): LedgerDb {
  const db = new Dexie(`${ports.storeName}-ledger`, {
    indexedDB: ports.indexedDb.factory,
    IDBKeyRange: ports.indexedDb.keyRange,
    chromeTransactionDurability: 'strict',
  }) as LedgerDb;
  db.version(1).stores({ events: 'n', patches: 'n', meta: 'key', pins: 'who' });
  return db;
}
