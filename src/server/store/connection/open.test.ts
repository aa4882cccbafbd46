import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { putDocument, getDocument } from '../documents.ts';
import { databaseFile, openStore } from './open.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'regulars-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('writes through to the disk, at the first opening and at every later one', async () => {
  const location = { kind: 'location', id: 'l', data: { id: 'l', name: 'Counter' } } as const;
  for (let opening = 0; opening < 3; opening++) {
    const db = await openStore({ mode: 'live', data: folder, database: null });
    if (opening === 0) await putDocument(db, 'b', location);
    const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db);
    expect(rows).toEqual([{ synchronous: 2 }]);
    const journal = await sql<{ journal_mode: string }>`pragma journal_mode`.execute(db);
    expect(journal.rows).toEqual([{ journal_mode: 'wal' }]);
    expect(await getDocument(db, 'b', 'location', 'l')).toEqual(location.data);
    await db.destroy();
  }
});

it.each(['demo', 'live'] as const)('lets nobody but its owner read what is in it (%s), log and all', async (mode) => {
  const modes = () => readdirSync(folder).map((name) => (statSync(join(folder, name)).mode & 0o777).toString(8));
  const opened = async () => {
    const db = await openStore({ mode, data: folder, database: null });
    await putDocument(db, 'b', { kind: 'location', id: 'l', data: { id: 'l', name: 'Counter' } });
    const found = modes();
    await db.destroy();
    return found;
  };
  // The database, its log, and the index of the log.
  expect(await opened()).toEqual(['600', '600', '600']);
  // One of an older version is closed to others; what a group may do stays as the operator wanted it.
  chmodSync(databaseFile({ mode, data: folder }), 0o664);
  expect(await opened()).toEqual(['660', '660', '660']);
});

it('keeps the demo and the shop apart', () => {
  expect(databaseFile({ mode: 'demo', data: folder })).not.toBe(databaseFile({ mode: 'live', data: folder }));
});
