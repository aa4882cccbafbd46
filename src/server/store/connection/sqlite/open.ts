import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Kysely } from 'kysely';
import { migrate } from '../../migrate.ts';
import type { Schema } from '../../schema.ts';
import { TransactionalSqliteDialect } from './dialect.ts';
import { withStatementCache } from './statementCache.ts';

/** Below this, SQLite can corrupt a WAL database that two connections write (fixed in 3.51.3). */
const OLDEST_SQLITE = [3, 51, 3] as const;

/**
 * Opens (or creates) the database and brings its tables up to date. What makes "stored" true is set and then read back:
 * better-sqlite3 is built with `synchronous=NORMAL` for WAL, with which a committed sale can vanish at a power cut.
 * Throws an Error with a sentence for the operator where the guarantee cannot be had.
 */
export async function openSqlite(file: string): Promise<Kysely<Schema>> {
  if (file !== ':memory:') keepToOwner(file);
  const sqlite = new Database(file);
  checkVersion(sqlite);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('busy_timeout = 5000');
  // 64 MB of pages in memory, and a checkpoint every 16 MB of log: the defaults are made for much smaller machines.
  sqlite.pragma('cache_size = -65536');
  sqlite.pragma('wal_autocheckpoint = 4000');
  // What was deleted is overwritten: an erased customer's name must not be found in the file.
  sqlite.pragma('secure_delete = ON');
  const db = new Kysely<Schema>({ dialect: new TransactionalSqliteDialect({ database: withStatementCache(sqlite) }) });
  await migrate(db);
  // After the first table was made, since that is when the built-in default comes back.
  sqlite.pragma('synchronous = FULL');
  const synchronous = sqlite.pragma('synchronous', { simple: true });
  if (synchronous !== 2) {
    throw new Error(`SQLite refuses to write safely: synchronous is ${String(synchronous)}, 2 (FULL) is needed.`);
  }
  const journal = sqlite.pragma('journal_mode', { simple: true });
  if (journal !== 'wal' && file !== ':memory:') {
    throw new Error(`SQLite keeps no write-ahead log for ${file} (journal_mode is ${String(journal)}).`);
  }
  return db;
}

/**
 * Nobody else on this machine may read customers' names and the keys that sign cards; SQLite gives its log the same rights. A
 * group that an operator gave rights to keeps them.
 */
function keepToOwner(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
  try {
    const { mode } = statSync(file);
    if ((mode & 0o007) !== 0) chmodSync(file, mode & 0o770);
  } catch {
    // A file of somebody else, or a system without such rights: whoever gave it to us decides.
  }
}

function checkVersion(sqlite: Database.Database): void {
  const version = String(sqlite.prepare('select sqlite_version()').pluck().get());
  const parts = version.split('.').map(Number);
  for (const [at, least] of OLDEST_SQLITE.entries()) {
    const have = parts[at] ?? 0;
    if (have > least) return;
    if (have < least) throw new Error(`SQLite ${version} is too old, ${OLDEST_SQLITE.join('.')} is needed.`);
  }
}
