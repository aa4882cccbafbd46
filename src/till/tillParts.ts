import type { OwnLedger } from './ledger/ownLedger.ts';
import type { Documents } from './members/documents.ts';
import type { Members } from './members/members.ts';
import type { Targets } from './members/targets.ts';
import type { TillPorts } from './ports.ts';
import type { CacheDb } from './store/cacheDb.ts';
import type { LedgerDb, Pairing } from './store/ledgerDb.ts';

/** Its databases, and what of its own ledger is held in memory. */
export interface Stores {
  readonly ledgerDb: LedgerDb;
  readonly cacheDb: CacheDb;
  readonly own: OwnLedger;
}

/** What a paired till is made of: recording and sync work with the same parts. */
export interface TillParts extends Stores {
  readonly ports: TillPorts;
  readonly members: Members;
  readonly documents: Documents;
  readonly targets: Targets;
  readonly pairing: Pairing;
}
