import Database from 'better-sqlite3';
import { Pool } from 'pg';
import {
  EVENT_COLUMNS,
  type EventRow,
  MEMBER_COLUMNS,
  type MemberRow,
  type StreamRow,
} from '../src/server/store/tables/ledgerTables.ts';

/** The rows that one push leaves behind. */
export interface PushRows {
  readonly events: readonly EventRow[];
  readonly members: readonly MemberRow[];
  readonly stream: StreamRow;
}

/** Something that writes the rows of a push durably and does nothing else. */
export interface Floor {
  readonly write: (rows: PushRows) => Promise<void>;
  readonly close: () => Promise<void>;
}

const STREAM_COLUMNS = [
  'business',
  'device',
  'run',
  'fork_of',
  'stored_through',
  'stored_hash',
  'patches_through',
  'durable_through',
] as const satisfies readonly (keyof StreamRow)[];
const MEMBER_CONFLICT =
  'on conflict (business, member) do update set gseq = excluded.gseq, state = excluded.state, alias_of = excluded.alias_of';
const STREAM_CONFLICT =
  'on conflict (business, device, run) do update set stored_through = excluded.stored_through, stored_hash = excluded.stored_hash';

/** Bare better-sqlite3 on our tables: prepared statements, one transaction a push, the same `synchronous=FULL`. */
export function sqliteFloor(file: string): Floor {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('cache_size = -65536');
  db.pragma('wal_autocheckpoint = 4000');
  db.pragma('synchronous = FULL');
  const insert = (table: string, columns: readonly string[], conflict = '') =>
    db.prepare(`insert into ${table} (${columns.join()}) values (${columns.map(() => '?').join()}) ${conflict}`);
  const event = insert('events', EVENT_COLUMNS);
  const member = insert('members', MEMBER_COLUMNS, MEMBER_CONFLICT);
  const stream = insert('streams', STREAM_COLUMNS, STREAM_CONFLICT);
  const head = db.prepare('update businesses set head = ?, chain = ? where business = ?');
  const device = db.prepare('update devices set seen_at = ?, health = ? where device = ?');
  const write = db.transaction((rows: PushRows) => {
    for (const row of rows.events) event.run(EVENT_COLUMNS.map((column) => row[column]));
    for (const row of rows.members) member.run(MEMBER_COLUMNS.map((column) => row[column]));
    stream.run(STREAM_COLUMNS.map((column) => rows.stream[column]));
    const last = rows.events.at(-1);
    if (last === undefined) throw new Error('a push without events');
    head.run(last.gseq, last.chain, last.business);
    device.run(last.received_at, '{}', last.device);
  });
  return {
    write: async (rows) => write(rows),
    close: async () => {
      db.close();
    },
  };
}

/** Bare `pg` on our tables, without row-level security: one transaction a push, a statement for each table. */
export function postgresFloor(url: string, connections: number): Floor {
  const pool = new Pool({ connectionString: url, max: connections });
  const insert = (table: string, columns: readonly string[], count: number, conflict = '') => {
    const tuple = (row: number) => `(${columns.map((_, at) => `$${row * columns.length + at + 1}`).join()})`;
    return `insert into ${table} (${columns.join()}) values ${Array.from({ length: count }, (_, row) => tuple(row)).join()} ${conflict}`;
  };
  const named = (text: string, values: readonly unknown[]) => ({ text, values: [...values] });
  return {
    write: async ({ events, members, stream }) => {
      const last = events.at(-1);
      if (last === undefined) throw new Error('a push without events');
      const one = await pool.connect();
      try {
        await one.query('begin');
        await one.query(named('update businesses set rev = rev where business = $1 returning *', [last.business]));
        const eventValues = events.flatMap((row) => EVENT_COLUMNS.map((column) => row[column]));
        await one.query(named(insert('events', EVENT_COLUMNS, events.length), eventValues));
        const memberValues = members.flatMap((row) => MEMBER_COLUMNS.map((column) => row[column]));
        await one.query(named(insert('members', MEMBER_COLUMNS, members.length, MEMBER_CONFLICT), memberValues));
        const streamValues = STREAM_COLUMNS.map((column) => stream[column]);
        await one.query(named(insert('streams', STREAM_COLUMNS, 1, STREAM_CONFLICT), streamValues));
        const head = [last.gseq, last.chain, last.business];
        await one.query(named('update businesses set head = $1, chain = $2 where business = $3', head));
        await one.query(
          named('update devices set seen_at = $1, health = $2 where device = $3', [
            last.received_at,
            '{}',
            last.device,
          ]),
        );
        await one.query('commit');
      } finally {
        one.release();
      }
    },
    close: () => pool.end(),
  };
}
