import { mkdtempSync, rmSync } from 'node:fs';
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

it('keeps the demo and the shop apart', () => {
  expect(databaseFile({ mode: 'demo', data: folder })).not.toBe(databaseFile({ mode: 'live', data: folder }));
});
