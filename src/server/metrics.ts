import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Deps } from './deps.ts';
import type { HeadWatch } from './jobs/headWatch.ts';
import { meterStore } from './storeMetrics.ts';

export interface Metrics {
  readonly registry: Registry;
  readonly requests: Counter<'route' | 'status'>;
  readonly pushSeconds: Histogram;
  /** Events by what became of them: accepted, flagged, duplicate, quarantined. */
  readonly events: Counter<'result'>;
}

/** The meters of one server, in a registry of their own so that several can run in one process. */
export function createMetrics({ db, live }: Pick<Deps, 'db' | 'live'>, watch: HeadWatch | null): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const listeners: Gauge = new Gauge({
    name: 'regulars_live_listeners',
    help: 'Open live connections',
    registers,
    collect: () => listeners.set(live.listeners()),
  });
  meterStore(registry, db, watch);
  return {
    registry,
    requests: new Counter({
      name: 'regulars_http_requests_total',
      help: 'Answered requests by route pattern and status',
      labelNames: ['route', 'status'],
      registers,
    }),
    pushSeconds: new Histogram({
      name: 'regulars_push_seconds',
      help: 'Time to store and book a push',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    events: new Counter({
      name: 'regulars_events_total',
      help: 'Pushed events by what became of them',
      labelNames: ['result'],
      registers,
    }),
  };
}
