import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Config, readConfig } from '../../src/server/config.ts';
import { createDeps } from '../../src/server/createDeps.ts';
import type { Deps } from '../../src/server/deps.ts';
import { databaseFile } from '../../src/server/store/connection/open.ts';
import {
  copyTestStore,
  onPostgres,
  reopenTestStore,
  TEMPLATE,
  testSettings,
} from '../../src/server/testing/testStore.ts';

/** Where a test's server keeps its data: a folder with SQLite's file, or a database of PostgreSQL. */
export interface Disk {
  /** The place of the first server, empty. */
  readonly first: string;
  readonly open: (place: string) => Promise<Deps>;
  /** An empty place. */
  readonly empty: () => Promise<string>;
  /** The settings of a server, or a command, at that place. */
  readonly configOf: (place: string) => Config;
  /** A copy as it is now, of a server that may be running; gives its place. */
  readonly copy: (place: string, running?: Deps) => Promise<string>;
  readonly end: () => void;
}

export async function makeDisk(): Promise<Disk> {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-sync-'));
  const read = readConfig({ REGULARS_DATA: folder, REGULARS_LOG_LEVEL: 'error' });
  if (!read.ok) throw new Error(read.problems.join());
  const { config } = read;
  const end = () => rmSync(folder, { recursive: true });
  if (onPostgres) {
    return {
      first: await copyTestStore(TEMPLATE),
      empty: () => copyTestStore(TEMPLATE),
      configOf: (place) => ({ ...config, database: testSettings(place) }),
      open: (place) => createDeps(config, async () => reopenTestStore(place).db),
      copy: (place) => copyTestStore(place),
      end,
    };
  }
  return {
    first: folder,
    empty: async () => mkdtempSync(join(folder, 'empty-')),
    configOf: (place) => ({ ...config, data: place }),
    open: (place) => createDeps({ ...config, data: place }),
    copy: async (place, running) => {
      const copy = mkdtempSync(join(folder, 'copy-'));
      if (running) await sql`vacuum into ${databaseFile({ mode: 'demo', data: copy })}`.execute(running.db);
      else cpSync(place, copy, { recursive: true });
      return copy;
    },
    end,
  };
}
