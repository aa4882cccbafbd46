import { SqliteAdapter, SqliteDialect } from 'kysely';

/**
 * SQLite makes and changes tables in transactions like everything else, but Kysely does not use it. Without it, a server
 * that dies in the middle of a migration leaves half of its tables behind, and no later start gets past them.
 */
export class TransactionalSqliteDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
