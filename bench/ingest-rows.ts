import Database from 'better-sqlite3';
import { Pool } from 'pg';
import type { EventRow, MemberRow, StreamRow } from '../src/server/store/tables/ledgerTables.ts';

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

const EVENT = columnsOf<EventRow>()(
  'business',
  'gseq',
  'id',
  'device',
  'run',
  'seq',
  'hash',
  'chain',
  'bytes',
  'kind',
  'staff',
  'member',
  'received_at',
  'day',
  'booked',
  'flags',
);
const MEMBER = columnsOf<MemberRow>()('business', 'member', 'bucket', 'gseq', 'state', 'alias_of');
const STREAM = columnsOf<StreamRow>()(
  'business',
  'device',
  'run',
  'fork_of',
  'stored_through',
  'stored_hash',
  'patches_through',
  'durable_through',
);
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
  const event = insert('events', EVENT);
  const member = insert('members', MEMBER, MEMBER_CONFLICT);
  const stream = insert('streams', STREAM, STREAM_CONFLICT);
  const head = db.prepare('update businesses set head = ?, chain = ? where business = ?');
  const device = db.prepare('update devices set seen_at = ?, health = ? where device = ?');
  const write = db.transaction((rows: PushRows) => {
    for (const row of rows.events) event.run(EVENT.map((column) => row[column]));
    for (const row of rows.members) member.run(MEMBER.map((column) => row[column]));
    stream.run(STREAM.map((column) => rows.stream[column]));
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
        const eventValues = events.flatMap((row) => EVENT.map((column) => row[column]));
        await one.query(named(insert('events', EVENT, events.length), eventValues));
        const memberValues = members.flatMap((row) => MEMBER.map((column) => row[column]));
        await one.query(named(insert('members', MEMBER, members.length, MEMBER_CONFLICT), memberValues));
        const streamValues = STREAM.map((column) => stream[column]);
        await one.query(named(insert('streams', STREAM, 1, STREAM_CONFLICT), streamValues));
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

/** Columns by name, checked against the row's type. */
function columnsOf<Row>() {
  return <const K extends readonly (keyof Row & string)[]>(...columns: K): K => columns;
}
