import { openPostgres } from '../../src/server/store/postgres/open.ts';
import { TEMPLATE } from '../../src/server/testing/testStore.ts';
import { startCluster } from './cluster.ts';

/** One PostgreSQL for all files of the project, with a migrated database to copy for each test. */
export default async function setup(): Promise<() => Promise<void>> {
  const cluster = await startCluster();
  await cluster.createDatabase(TEMPLATE);
  const [url, ownerUrl] = [cluster.url(TEMPLATE), cluster.url(TEMPLATE, 'regulars_owner')];
  const db = await openPostgres({ url, ownerUrl, pool: 2 });
  await db.destroy();
  process.env['REGULARS_TEST_CLUSTER'] = cluster.url('postgres', 'postgres');
  return () => cluster.remove();
}
