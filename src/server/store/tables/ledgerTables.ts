/**
 * Tables of the ledger. Every one begins with the business, so that rows of different businesses can live apart. JSON is
 * text, instants are integers (ms), truth is 0 and 1: the same on SQLite and PostgreSQL.
 */
export interface LedgerTables {
  server_meta: { key: string; value: string };
  businesses: BusinessRow;
  events: EventRow;
  streams: StreamRow;
  members: MemberRow;
  profiles: ProfileRow;
  documents: DocumentRow;
  quarantine: QuarantineRow;
  devices: DeviceRow;
  pairing_codes: PairingCodeRow;
  job_leases: { job: string; holder: string; until: number };
  member_keys: MemberKeyRow;
  balance_checks: BalanceCheckRow;
}

/** Head of a business's ledger. Whoever appends or changes a document updates this row first: that is the lock. */
export interface BusinessRow {
  business: string;
  head: number;
  chain: string;
  rev: number;
}

/** An event with its admission. Written once, never changed. */
export interface EventRow {
  business: string;
  gseq: number;
  id: string;
  device: string;
  run: string;
  seq: number;
  hash: string;
  chain: string;
  bytes: string;
  kind: string;
  staff: string | null;
  /** Whom it was booked under. */
  member: string | null;
  received_at: number;
  day: string;
  /** JSON of `Effect[]`. */
  booked: string;
  /** JSON of `Flag[]`. */
  flags: string;
}

/** All columns, in the order in which they are written. */
export const EVENT_COLUMNS = [
  'business',
  'gseq',
  'id',
  'device',
  'run',
  'seq',
  'hash',
  'chain',
  'bytes',
  'kind',
  'staff',
  'member',
  'received_at',
  'day',
  'booked',
  'flags',
] as const satisfies readonly (keyof EventRow)[];

/** How far a run of a device is stored. A branch (a forked run) has a row of its own. */
export interface StreamRow {
  business: string;
  device: string;
  run: string;
  /** The run that this branch forked from; null for a run. */
  fork_of: string | null;
  stored_through: number;
  stored_hash: string;
  patches_through: number;
  durable_through: number;
  /** Through which seq the till says to have recorded; what is above `stored_through` is known to be missing here. */
  recorded_through: number;
  /** Up to here there may be events that were readmitted ahead of the ones before them. */
  ahead_through: number;
  /** When the till said that it had left this run while more of it is here: what comes after that is from a copy. */
  left_at: number | null;
}

export interface MemberRow {
  business: string;
  member: string;
  bucket: number;
  /** The last event folded into `state`. */
  gseq: number;
  /** JSON of `MemberState`. */
  state: string;
  /** The member that stands for this one since a merge. */
  alias_of: string | null;
}

/** All columns, in the order in which they are written. */
export const MEMBER_COLUMNS = [
  'business',
  'member',
  'bucket',
  'gseq',
  'state',
  'alias_of',
] as const satisfies readonly (keyof MemberRow)[];

/** The one table with personal data. `data` null: erased, and no later patch brings it back. */
export interface ProfileRow {
  business: string;
  member: string;
  rev: number;
  data: string | null;
}

/** With this key a member's personal data is encrypted in backups; gone when the member is erased. */
interface MemberKeyRow {
  business: string;
  member: string;
  /** 32 bytes, base64. */
  key: string;
}

/** A time when every balance was worked out again from the ledger. */
interface BalanceCheckRow {
  business: string;
  id: string;
  at: number;
  /** Who asked in the office; null: the command. */
  account: string | null;
  /** JSON of `BalanceCheck`. */
  result: string;
}

export interface DocumentRow {
  business: string;
  kind: string;
  id: string;
  rev: number;
  /** What it is looked up by besides its id: a credential's member, the member of an open exception. */
  ref: string | null;
  data: string;
}

/** What could not be read or booked, as it came. */
export interface QuarantineRow {
  business: string;
  device: string;
  run: string;
  seq: number;
  hash: string;
  code: string;
  bytes: string;
  received_at: number;
}

export interface DeviceRow {
  device: string;
  business: string;
  /** Public key, coordinates of P-256 in base64url. */
  x: string;
  y: string;
  paired_at: number;
  revoked_at: number | null;
  seen_at: number;
  /** JSON of `DeviceHealth`. */
  health: string | null;
}

export interface PairingCodeRow {
  /** SHA-256 of the code. */
  hash: string;
  business: string;
  device_name: string;
  location: string;
  expires_at: number;
  /** 1: the demo's code, which any number of tills may use. */
  reusable: number;
  /** The device in whose place the new one stands. */
  replaces: string | null;
}
