import { mkdtempSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { openPostgres } from '../../src/server/store/connection/postgres/open.ts';
import { TEMPLATE } from '../../src/server/testing/testStore.ts';
import { startCluster } from './cluster.ts';

const MEMORY = '/dev/shm';
const ROOM = 4 * 1024 ** 3;

/** One PostgreSQL for all files of the project, with a migrated database to copy for each test. */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = memoryFolder();
  const cluster = await startCluster(folder === null ? {} : { folder });
  await cluster.createDatabase(TEMPLATE);
  const [url, ownerUrl] = [cluster.url(TEMPLATE), cluster.url(TEMPLATE, 'regulars_owner')];
  const db = await openPostgres({ url, ownerUrl, pool: 2 });
  await db.destroy();
  process.env['REGULARS_TEST_CLUSTER'] = cluster.url('postgres', 'postgres');
  return () => cluster.remove();
}

/** Hundreds of databases come and go: in memory where there is room for them, which spares a shared disk. */
function memoryFolder(): string | null {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ROOM ? mkdtempSync(join(MEMORY, 'regulars-pg-')) : null;
  } catch {
    return null;
  }
}
