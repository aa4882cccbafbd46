import type { CompiledQuery, DatabaseConnection, Driver, QueryResult, TransactionSettings } from 'kysely';
import { escapeLiteral, type Pool, type PoolClient, type QueryResult as Answer } from 'pg';
import { type Context, currentContext } from '../context.ts';
import { encodeText } from './text.ts';

/** Ends a transaction whose process has fallen silent with the connection open, so that its locks are free again. */
const SILENT = "set local idle_in_transaction_session_timeout = '60s'";

/** Told how long each round trip took, in seconds. */
export type OnRoundTrip = (seconds: number) => void;

/**
 * Kysely's door to PostgreSQL, in which every statement runs in the context of who it is for. The context is a setting of
 * one transaction, never of the connection, so a pooler may hand connections from one transaction to the next; a statement
 * outside a transaction gets one of its own. What belongs together is sent together: one round trip, not three.
 */
export class ContextDriver implements Driver {
  readonly #pool: Pool;
  readonly #onRoundTrip: OnRoundTrip;

  constructor(pool: Pool, onRoundTrip: OnRoundTrip) {
    this.#pool = pool;
    this.#onRoundTrip = onRoundTrip;
  }

  async init(): Promise<void> {
    // The pool connects when it is asked to.
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return new ContextConnection(await this.#pool.connect(), this.#onRoundTrip);
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    of(connection).begin(settings);
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await of(connection).end('commit');
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await of(connection).end('rollback');
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    of(connection).release();
  }

  async destroy(): Promise<void> {
    await this.#pool.end();
  }
}

function of(connection: DatabaseConnection): ContextConnection {
  if (!(connection instanceof ContextConnection)) throw new Error('A connection of another driver.');
  return connection;
}

class ContextConnection implements DatabaseConnection {
  readonly #client: PoolClient;
  readonly #onRoundTrip: OnRoundTrip;
  /** Set in a transaction: whether it has begun well. Awaited with its first statement, which is sent behind it at once. */
  #begun: Promise<unknown> | null = null;
  #broken: Error | undefined;

  constructor(client: PoolClient, onRoundTrip: OnRoundTrip) {
    this.#client = client;
    this.#onRoundTrip = onRoundTrip;
    // The pool listens to idle connections alone; an end that nobody hears would end the whole process.
    client.on('error', this.#lost);
  }

  /** The connection broke while it was in use: whoever asks next hears of it, and the pool gets it back as broken. */
  readonly #lost = (error: Error): void => {
    this.#broken ??= error;
  };

  begin({ isolationLevel, accessMode }: TransactionSettings): void {
    const level = isolationLevel ? ` isolation level ${isolationLevel}` : '';
    const statements = [`begin${level}${accessMode ? ` ${accessMode}` : ''}`, SILENT, scopeOf(currentContext())];
    this.#begun = this.#client.query(statements.filter((one) => one !== '').join('; '));
    // Looked at by whoever comes next; not "unhandled" until then.
    this.#begun.catch(() => {});
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    const begun = this.#begun;
    this.#begun = null;
    try {
      await begun;
      const { command } = await this.#timed(() => this.#client.query(how));
      // What a failed transaction answers to "commit"; it must never look like one that is stored.
      if (how === 'commit' && command !== 'COMMIT') throw new Error('The transaction could not be committed.');
    } catch (error) {
      // Nobody knows the state of this connection any more; another one takes its place.
      this.#broken = error as Error;
      throw error;
    }
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const parameters = query.parameters.map((value) => (typeof value === 'string' ? encodeText(value) : value));
    const { command, rowCount, rows } = await this.#timed(() => this.#run(query.sql, parameters));
    const writes = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE' || command === 'MERGE';
    return { rows: rows as R[], ...(writes && { numAffectedRows: BigInt(rowCount ?? 0) }) };
  }

  // eslint-disable-next-line require-yield -- the interface has it; nothing here reads as a stream.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Read in pages instead.');
  }

  release(): void {
    this.#client.release(this.#broken);
    this.#client.off('error', this.#lost);
  }

  async #run(text: string, parameters: unknown[]): Promise<Answer> {
    const scope = this.#begun === null ? scopeOf(currentContext()) : '';
    if (scope === '') {
      const [begun, done] = await Promise.allSettled([this.#begun, this.#client.query(text, parameters)]);
      if (begun.status === 'rejected') throw begun.reason;
      if (done.status === 'rejected') throw done.reason;
      return done.value;
    }
    // Sent one behind the other without waiting; where the middle one fails, the last one only ends the transaction.
    const [begun, done, ended] = await Promise.allSettled([
      this.#client.query(`begin; ${scope}`),
      this.#client.query(text, parameters),
      this.#client.query('commit'),
    ]);
    for (const one of [done, begun, ended]) if (one.status === 'rejected') throw one.reason;
    if (ended.status === 'fulfilled' && ended.value.command !== 'COMMIT') {
      throw new Error('The statement could not be committed.');
    }
    return (done as PromiseFulfilledResult<Answer>).value;
  }

  async #timed<T>(run: () => Promise<T>): Promise<T> {
    const from = performance.now();
    try {
      return await run();
    } finally {
      this.#onRoundTrip((performance.now() - from) / 1000);
    }
  }
}

/** The settings that the policies of `rowSecurity.ts` read; they end with the transaction. */
function scopeOf(context: Context | null): string {
  const set = (name: string, value: string) => `select set_config('app.${name}', ${escapeLiteral(value)}, true)`;
  switch (context?.kind) {
    case 'business':
      return set('business', encodeText(context.business));
    case 'key':
      return set('key', encodeText(context.key));
    case 'businesses':
      return set('businesses', 'list');
    case 'nobody':
    case undefined:
      return '';
  }
}
