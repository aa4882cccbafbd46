import Database from 'better-sqlite3';
import { Client } from 'pg';

type AnyFunction = (...args: unknown[]) => unknown;

/**
 * Null control: the database is told not to wait for the disk, and lies about it when asked. A killed process does not
 * show this (the operating system still writes what it was given); only counting the syncs does.
 */
export function weakenSync(): void {
  const sqlite = Database.prototype as unknown as Record<'pragma', AnyFunction>;
  const { pragma } = sqlite;
  sqlite.pragma = function (this: object, ...args) {
    const text = String(args[0]).replaceAll(' ', '').toLowerCase();
    if (text.startsWith('synchronous=')) return pragma.apply(this, ['synchronous = OFF']);
    if (text === 'synchronous') return 2;
    return pragma.apply(this, args);
  };
  const postgres = Client.prototype as unknown as Record<'connect', AnyFunction>;
  const { connect } = postgres;
  postgres.connect = function (this: Client, ...args) {
    this.once('connect', () => undefined);
    return connect.apply(this, args);
  };
}
