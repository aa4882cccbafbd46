import type { Kysely } from 'kysely';
import { Gauge, Histogram, type Registry } from 'prom-client';
import type { HeadWatch } from './jobs/headWatch.ts';
import { acrossBusinesses } from './store/connection/context.ts';
import { meterOf } from './store/connection/postgres/meter.ts';
import type { Schema } from './store/schema.ts';

/** How the database is doing: size of the ledgers, and on PostgreSQL its connections, round trips and the watch on heads. */
export function meterStore(registry: Registry, db: Kysely<Schema>, watch: HeadWatch | null): void {
  const registers = [registry];
  const meter = meterOf(db);
  if (meter) {
    const connections: Gauge<'state'> = new Gauge({
      name: 'regulars_database_connections',
      help: 'Connections of this process: open, idle, and requests that wait for one',
      labelNames: ['state'],
      registers,
      collect: () => {
        const { size, idle, waiting } = meter.pool();
        connections.set({ state: 'open' }, size);
        connections.set({ state: 'idle' }, idle);
        connections.set({ state: 'waiting' }, waiting);
      },
    });
    const roundTrips = new Histogram({
      name: 'regulars_database_seconds',
      help: 'Time of one statement, from sending it to its answer',
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5, 10],
      registers,
    });
    meter.listen((seconds) => roundTrips.observe(seconds));
  }
  if (watch) {
    const lag: Gauge = new Gauge({
      name: 'regulars_live_poll_lag_seconds',
      help: 'Time since this process last saw what others have committed',
      registers,
      collect: () => lag.set(watch.lag() / 1000),
    });
  }
  // Last, since it uses a connection itself.
  const events: Gauge = new Gauge({
    name: 'regulars_ledger_events',
    help: 'Events in all ledgers of the database together, by their heads',
    registers,
    collect: async () => events.set(await countEvents(db)),
  });
}

async function countEvents(db: Kysely<Schema>): Promise<number> {
  const query = db.selectFrom('businesses').select((eb) => eb.fn.sum<number | null>('head').as('events'));
  return Number((await acrossBusinesses(() => query.executeTakeFirst()))?.events ?? 0);
}
