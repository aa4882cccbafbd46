import type { Schema } from '../store/schema.ts';

/** How a table is read in order: by columns that together are unique. */
type Key<T extends keyof Schema> = readonly (keyof Schema[T] & string)[];

/**
 * What of each table goes into a backup: the columns by which its rows are read in order, or why it stays out. A table that
 * is new must be named here before anything compiles.
 */
export const BACKUP_TABLES: { readonly [T in keyof Schema]: Key<T> | { readonly leftOut: string } } = {
  // Of the server as a whole; the epoch is left out at the restore, which begins a new one.
  server_meta: ['key'],
  // In this order: whoever reads a backup sees the head first, then the ledger, then what it must amount to.
  businesses: ['business'],
  events: ['gseq'],
  quarantine: ['device', 'run', 'seq'],
  streams: ['device', 'run'],
  members: ['member'],
  profiles: ['member'],
  documents: ['kind', 'id'],
  devices: ['device'],
  card_secrets: ['business'],
  card_signing_keys: ['kid'],
  phone_cards: ['card'],
  // Customers' phones stay what they are: a card that asks everybody for its recovery code would be no card.
  card_sessions: ['hash'],
  card_joins: ['join_id'],
  card_recovery: ['card'],
  reservations: ['id'],
  office_accounts: ['account'],
  office_setups: ['business'],
  balance_checks: ['id'],
  settled_patterns: ['id'],
  member_keys: { leftOut: 'They make backups readable, and stand in a file of their own.' },
  pairing_codes: { leftOut: 'A code lives ten minutes and works once.' },
  office_sessions: { leftOut: 'Whoever was signed in then need not be allowed in now.' },
  setup_links: { leftOut: 'Made anew at each start while there is no owner.' },
  job_leases: { leftOut: 'Who runs a job now; nobody does after a restore.' },
  sign_in_tries: { leftOut: 'Nothing that slows down guessing is older than a day.' },
};

export type BackupTable = keyof Schema;

/** The tables of a backup, in the order in which they are written. */
export function backupTables(): readonly { readonly table: BackupTable; readonly key: readonly string[] }[] {
  return (Object.entries(BACKUP_TABLES) as [BackupTable, Key<BackupTable> | { leftOut: string }][]).flatMap(
    ([table, key]) => ('leftOut' in key ? [] : [{ table, key }]),
  );
}
