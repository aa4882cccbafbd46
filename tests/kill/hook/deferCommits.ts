import Database from 'better-sqlite3';
import { Client } from 'pg';
import { type AnyFunction, listen } from './statements.ts';

/** How long a "commit" stays away from the disk while the answer is on its way already. */
const LATER_MS = 400;

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

/** Transactions that follow while a commit is held are added to the one that is open, so that there is always something to lose. */
function deferSqlite(booked: WeakSet<object>): void {
  const prototype = Database.prototype as unknown as Record<'prepare', AnyFunction>;
  const { prepare } = prototype;
  let held: (() => void) | null = null;
  let inside = false;
  let due = false;
  const settle = () => {
    const commit = held;
    held = null;
    due = false;
    commit?.();
  };
  prototype.prepare = function (this: object, ...args) {
    const statement = prepare.apply(this, args) as Record<string, AnyFunction>;
    const text = String(args[0]).trim().toLowerCase();
    const run = statement['run'];
    const [verb] = /^(begin|commit|rollback)/.exec(text) ?? [];
    if (run === undefined || verb === undefined) return statement;
    const nothing = { changes: 0, lastInsertRowid: 0 };
    statement['run'] = (...values) => {
      inside = verb === 'begin';
      if (verb === 'rollback') held = null;
      if (verb === 'rollback' || (held === null && !booked.has(this))) return run.apply(statement, values);
      if (verb === 'begin') return held === null ? run.apply(statement, values) : nothing;
      if (held === null) {
        held = () => run.apply(statement, []);
        setTimeout(() => (inside ? (due = true) : settle()), LATER_MS);
      } else if (due) settle();
      return nothing;
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
