import Database from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteDialect,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { withStatementCache } from '../../src/server/store/connection/sqlite/statementCache.ts';

/** What whoever still works for a dead server process gets to hear. */
export const GONE = 'This server process is gone.';

/** The database that all server processes of one world share, as bytes in memory. Read by the oracle past everything. */
export class SharedDatabase {
  readonly sqlite: Database.Database;
  readonly #driver: Driver;
  #ready: Promise<void> | null = null;

  constructor(bytes: Buffer) {
    this.sqlite = new Database(bytes);
    // Nothing of the simulated world outlives the process that simulates it.
    this.sqlite.pragma('synchronous = OFF');
    this.#driver = new SqliteDialect({ database: withStatementCache(this.sqlite) }).createDriver();
  }

  /** A way to the database for one server process; `life` decides how long. */
  dialect(life: ProcessLife): Dialect {
    const driver = new ProcessDriver(this.#driver, () => (this.#ready ??= this.#driver.init()), life);
    return {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    };
  }

  /** A backup: all that is committed now. `null` while a transaction is open. */
  copy(): Buffer | null {
    return this.sqlite.inTransaction ? null : this.sqlite.serialize();
  }
}

/** What one process may do to its connection, and what may happen to the process. */
export interface ProcessLife {
  readonly alive: () => boolean;
  /** Called at each of these moments; may end the process. */
  readonly at: (moment: 'query' | 'commit' | 'committed') => void;
  /** How long a transaction waits before it begins. */
  readonly latency: () => Promise<void> | null;
}

class ProcessDriver implements Driver {
  readonly #shared: Driver;
  readonly #ready: () => Promise<void>;
  readonly #life: ProcessLife;
  readonly #inner = new WeakMap<DatabaseConnection, DatabaseConnection>();

  constructor(shared: Driver, ready: () => Promise<void>, life: ProcessLife) {
    this.#shared = shared;
    this.#ready = ready;
    this.#life = life;
  }

  init(): Promise<void> {
    return this.#ready();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const wait = this.#life.latency();
    if (wait !== null) await wait;
    const inner = await this.#shared.acquireConnection();
    const connection: DatabaseConnection = {
      executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
        this.#living('query');
        return inner.executeQuery<R>(query);
      },
      streamQuery: () => {
        throw new Error('SQLite streams nothing here.');
      },
    };
    this.#inner.set(connection, inner);
    return connection;
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    this.#living('commit');
    await this.#innerOf(connection).executeQuery(CompiledQuery.raw('commit'));
    this.#living('committed');
  }

  /** What a process leaves open when it dies, the database undoes; and it is no mistake where nothing is open. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await this.#innerOf(connection).executeQuery(CompiledQuery.raw('rollback'));
    } catch {
      // It died after its commit.
    }
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.#shared.releaseConnection(this.#innerOf(connection));
  }

  async destroy(): Promise<void> {
    // The database stays for the other processes.
  }

  #living(moment: 'query' | 'commit' | 'committed'): void {
    if (this.#life.alive()) this.#life.at(moment);
    if (!this.#life.alive()) throw new Error(GONE);
  }

  #innerOf(connection: DatabaseConnection): DatabaseConnection {
    const inner = this.#inner.get(connection);
    if (inner === undefined) throw new Error('This connection is not of this process.');
    return inner;
  }
}
