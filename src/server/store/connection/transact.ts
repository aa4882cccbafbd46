import type { Kysely, Transaction } from 'kysely';
import type { Schema } from '../schema.ts';
import { gaveWay } from './passing.ts';

/** More often, something is wrong that trying does not mend. */
const MOST_TRIES = 5;

/**
 * Runs a transaction, and once more where it had to give way to another one (a deadlock, a conflict, a lock that was not to
 * be had). What `run` does besides the database must be safe to be done again. Throws what the last try threw.
 */
export async function transact<T>(db: Kysely<Schema>, run: (trx: Transaction<Schema>) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction().execute(run);
    } catch (error) {
      if (tries >= MOST_TRIES || !gaveWay(error)) throw error;
    }
  }
}
