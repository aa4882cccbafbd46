import Database from 'better-sqlite3';
import { Client } from 'pg';
import type { AnyFunction } from './statements.ts';

const ASKED = "current_setting('synchronous_commit')";

/**
 * Null control: the database is told not to wait for the disk at every commit, and lies about it when asked. A killed
 * process does not show this (the operating system still writes what it was given); only counting the syncs does.
 *
 * @param level of SQLite: `OFF`, or `NORMAL`, which is what better-sqlite3 is built with
 */
export function weakenSync(level: 'OFF' | 'NORMAL'): void {
  const sqlite = Database.prototype as unknown as Record<'pragma', AnyFunction>;
  const { pragma } = sqlite;
  sqlite.pragma = function (this: object, ...args) {
    const text = String(args[0]).replaceAll(' ', '').toLowerCase();
    if (text.startsWith('synchronous=')) return pragma.apply(this, [`synchronous = ${level}`]);
    if (text === 'synchronous') return 2;
    return pragma.apply(this, args);
  };
  const postgres = Client.prototype as unknown as Record<'query', AnyFunction>;
  const { query } = postgres;
  postgres.query = function (this: object, ...args) {
    const [text] = args;
    if (typeof text !== 'string') return query.apply(this, args);
    if (text.startsWith('begin')) return query.apply(this, [`${text}; set local synchronous_commit = off`]);
    return query.apply(this, [text.replace(ASKED, "'on'"), ...args.slice(1)]);
  };
}
