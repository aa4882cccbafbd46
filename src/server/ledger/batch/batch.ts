import type { Day, Instant } from '../../../loyalty/basics.ts';
import type { Effect } from '../../../loyalty/effects.ts';
import { emptyState } from '../../../loyalty/emptyState.ts';
import type { Fact } from '../../../loyalty/facts.ts';
import type { Program } from '../../../loyalty/program.ts';
import type { SharePool } from '../../../loyalty/limits/shares.ts';
import type { MemberState } from '../../../loyalty/state.ts';
import type { Business, Credential, Profile } from '../../../protocol/documents.ts';
import type { ExceptionRecord } from '../../../protocol/event.ts';
import type { NewDocument } from '../../store/documents.ts';
import type { BusinessRow, EventRow } from '../../store/tables/ledgerTables.ts';
import type { Risk } from '../risk.ts';

/**
 * Everything that the events of one transaction touch, loaded at once and written at once; between the two, booking works
 * in memory. Valid only while the transaction holds the lock of the business.
 */
export interface Batch {
  readonly business: string;
  readonly epoch: string;
  readonly now: Instant;
  readonly shop: Business;
  /** Head, chain and rev; moved on by booking. */
  readonly head: BusinessRow;
  readonly members: Map<string, BatchMember>;
  readonly profiles: Map<string, ProfileEntry>;
  readonly credentials: Map<string, Credential>;
  /** Cards that nobody had issued when this transaction met them. */
  readonly unknownCards: Set<string>;
  readonly programs: Map<string, Program>;
  /** Program versions that events name and nobody here has. */
  readonly missingPrograms: Set<string>;
  readonly targets: Map<string, TargetEntry>;
  /** When the events that devices took as their basis arrived. */
  readonly basisTimes: Map<number, Instant>;
  readonly staff: Set<string>;
  /** Ids that are in the ledger already, among those that came. */
  readonly takenIds: Set<string>;
  /** Open exceptions of the members concerned. */
  readonly exceptions: Map<string, ExceptionRecord>;
  /** Pools of shares that the events can change; empty ones among them. */
  readonly pools: Map<string, SharePool>;
  /** What redemptions are checked against. */
  readonly risk: Risk;
  readonly changed: Map<string, NewDocument>;
  /** Members who asked to be forgotten, with their aliases: what leads to them from phones and backups goes, too. */
  readonly erased: string[];
  /** Exceptions of which one is enough, however many events say the same; dropped where the store has them already. */
  readonly onlyOnce: Set<string>;
  readonly rows: EventRow[];
  /** The member that a card which nobody knows belongs to. */
  readonly holderOf: (card: string) => string;
}

export interface BatchMember {
  readonly member: string;
  state: MemberState;
  gseq: number;
  aliasOf: string | null;
  changed: boolean;
}

interface ProfileEntry {
  data: Profile | null;
  readonly erased: boolean;
}

/** An event that others reverse. */
export interface TargetEntry {
  readonly event: string;
  readonly member: string | null;
  readonly fact: Fact;
  readonly day: Day;
  readonly program: string;
  readonly effects: readonly Effect[];
}

/** The member that stands for this id, following merges; `null` where the ledger knows none. */
export function findMember(batch: Batch, id: string): BatchMember | null {
  let found = batch.members.get(id);
  for (let step = 0; found?.aliasOf && step < 20; step++) found = batch.members.get(found.aliasOf);
  return found ?? null;
}

/** As `findMember`, making the member where there is none. */
export function ensureMember(batch: Batch, id: string): BatchMember {
  const found = findMember(batch, id);
  if (found) return found;
  const made = { member: id, state: emptyState(), gseq: 0, aliasOf: null, changed: true };
  batch.members.set(id, made);
  return made;
}

/** Remembers a document to be stored with the batch. */
export function changeDocument(batch: Batch, document: NewDocument): void {
  batch.changed.set(`${document.kind}/${document.id}`, document);
}
