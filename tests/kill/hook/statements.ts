import Database from 'better-sqlite3';
import { Client } from 'pg';

/** What is known about the transaction that a statement belongs to. */
export interface InTransaction {
  /** Events were written in it. */
  readonly booked: boolean;
  /** The database or client that runs it. */
  readonly connection: object;
}

export interface Listener {
  /** `text` is in lower case, without space around it. */
  readonly before?: (text: string, transaction: InTransaction) => unknown;
  readonly after?: (text: string, transaction: InTransaction) => unknown;
}

export type AnyFunction = (...args: unknown[]) => unknown;

const RUNNERS = ['run', 'all', 'get'] as const;
const plain = (text: unknown) => (typeof text === 'string' ? text.trim().toLowerCase() : '');
const INTO_EVENTS = /^insert into "?events"?/;

/** Calls the listener around every statement that goes through better-sqlite3 or pg. */
export function listen(listener: Listener): void {
  listenToSqlite(listener);
  listenToPostgres(listener);
}

/** Remembers per connection whether its transaction has written events. */
function watcher(listener: Listener) {
  const states = new WeakMap<object, { booked: boolean; connection: object }>();
  /** Gives what to call when the statement has been run. */
  return (connection: object, text: string): (() => void) => {
    const state = states.get(connection) ?? { booked: false, connection };
    states.set(connection, state);
    if (/^(begin|start transaction)/.test(text)) state.booked = false;
    listener.before?.(text, state);
    return () => {
      if (INTO_EVENTS.test(text)) state.booked = true;
      listener.after?.(text, state);
    };
  };
}

function listenToSqlite(listener: Listener): void {
  const watch = watcher(listener);
  const prototype = Database.prototype as unknown as Record<'prepare' | 'exec', AnyFunction>;
  const { prepare, exec } = prototype;
  prototype.prepare = function (this: object, ...args) {
    const statement = prepare.apply(this, args) as Record<string, AnyFunction>;
    const text = plain(args[0]);
    for (const runner of RUNNERS) {
      const run = statement[runner];
      if (run === undefined) continue;
      statement[runner] = (...values) => {
        const done = watch(this, text);
        const result = run.apply(statement, values);
        done();
        return result;
      };
    }
    return statement;
  };
  prototype.exec = function (this: object, ...args) {
    const done = watch(this, plain(args[0]));
    const result = exec.apply(this, args);
    done();
    return result;
  };
}

function listenToPostgres(listener: Listener): void {
  const watch = watcher(listener);
  const prototype = Client.prototype as unknown as Record<'query', AnyFunction>;
  const { query } = prototype;
  prototype.query = function (this: object, ...args) {
    const [first] = args;
    const done = watch(
      this,
      plain(typeof first === 'object' && first !== null && 'text' in first ? first.text : first),
    );
    const result = query.apply(this, args);
    if (!(result instanceof Promise)) return result;
    return afterwards(result, done);
  };
}

async function afterwards(result: Promise<unknown>, done: () => void): Promise<unknown> {
  const value = await result;
  done();
  return value;
}
