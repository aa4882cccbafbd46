import type { Kysely, TransactionBuilder } from 'kysely';
import type { Schema } from '../schema.ts';

/**
 * A transaction that only reads, and sees the database as it is at its first statement: head, events and documents of one
 * answer belong together, whatever is committed meanwhile. SQLite's transactions are like that anyway.
 */
export function asOfNow(db: Kysely<Schema>): TransactionBuilder<Schema> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
}
