import Database from 'better-sqlite3';
import { Client } from 'pg';
import { type AnyFunction, listen } from './statements.ts';

/** How long a "commit" stays away from the disk while the answer is on its way already. */
const LATER_MS = 40;

/**
 * Null control: the server answers before it has committed. What the product calls a commit of events returns at once; the
 * real one comes a moment later, or before the next transaction on the same connection.
 */
export function deferCommits(): void {
  const booked = new WeakSet<object>();
  deferSqlite(booked);
  deferPostgres(booked);
  // Wrapped around the others, so that it knows before they do.
  listen({
    before: (text, transaction) => {
      if (text === 'commit' && transaction.booked) booked.add(transaction.connection);
      else booked.delete(transaction.connection);
    },
  });
}

function deferSqlite(booked: WeakSet<object>): void {
  const prototype = Database.prototype as unknown as Record<'prepare', AnyFunction>;
  const { prepare } = prototype;
  let pending: (() => void) | null = null;
  const settle = () => {
    const commit = pending;
    pending = null;
    commit?.();
  };
  prototype.prepare = function (this: object, ...args) {
    const statement = prepare.apply(this, args) as Record<string, AnyFunction>;
    const text = String(args[0]).trim().toLowerCase();
    const run = statement['run'];
    if (run === undefined || !/^(begin|commit|rollback)/.test(text)) return statement;
    statement['run'] = (...values) => {
      if (text !== 'commit' || !booked.has(this)) {
        settle();
        return run.apply(statement, values);
      }
      pending = () => run.apply(statement, []);
      setTimeout(settle, LATER_MS);
      return { changes: 0, lastInsertRowid: 0 };
    };
    return statement;
  };
}

function deferPostgres(booked: WeakSet<object>): void {
  const prototype = Client.prototype as unknown as Record<'query', AnyFunction>;
  const { query } = prototype;
  const pending = new WeakSet<object>();
  prototype.query = function (this: object, ...args) {
    const text = String(args[0]).trim().toLowerCase();
    if (text === 'commit' && booked.has(this)) {
      pending.add(this);
      setTimeout(() => pending.delete(this) && void query.call(this, 'commit'), LATER_MS);
      return Promise.resolve({ command: 'COMMIT', rowCount: null, rows: [], fields: [] });
    }
    if (pending.delete(this)) void query.call(this, 'commit');
    return query.apply(this, args);
  };
}
