import type Database from 'better-sqlite3';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** Statements that are kept; those of a push are some twenty. */
const MOST_STATEMENTS = 200;

/**
 * Kysely asks SQLite to parse a statement anew for every query. The same text is the same statement here, which matters
 * for the long ones that write a whole push at once. Safe, since each is run to its end before the next one begins.
 */
export function withStatementCache(database: Database.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare: (text) => {
      const known = statements.get(text);
      if (known) {
        // Back to the end: the one that has not been used for the longest time goes first.
        statements.delete(text);
        statements.set(text, known);
        return known;
      }
      const statement = database.prepare(text) as SqliteStatement;
      const [oldest] = statements.keys();
      if (statements.size >= MOST_STATEMENTS && oldest !== undefined) statements.delete(oldest);
      statements.set(text, statement);
      return statement;
    },
  };
}
