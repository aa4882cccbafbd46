// Before anything else: from here on time is the simulation's.
import './virtualTime.ts';
import { forbidWebCrypto } from './threads.ts';
import type { Counters } from './counters.ts';
import type { Outcome } from './run.ts';

/** What a worker is told to do, one seed after the other. */
export interface Job {
  readonly seeds: readonly number[];
  readonly story: boolean;
  /** Of each failed seed, and of none after the first: a planted fault needs to be found once. */
  readonly stopAtFirst: boolean;
}

export interface Done {
  readonly outcomes: readonly Outcome[];
  readonly counters: Counters;
}

// Libraries say aloud when a connection is lost or a stream breaks; here that is the point.
Object.assign(console, { warn: () => undefined, error: () => undefined });

const mutant = process.argv[2];
if (mutant !== undefined) (await import('./mutate.ts')).plant(mutant);
const { GONE } = await import('./database.ts');
const { isStoreError } = await import('./storeErrors.ts');
const { runSeed } = await import('./run.ts');
forbidWebCrypto();

// What a server process or a page leaves half done when it dies is nobody's any more. Everything else is a failure.
let stray: unknown = null;
process.on('unhandledRejection', (error) => {
  if (isStoreError(error) || (error instanceof Error && error.message === GONE)) return;
  stray ??= error;
});

async function work({ seeds, story, stopAtFirst }: Job): Promise<Done> {
  const outcomes: Outcome[] = [];
  const counters: Counters = {};
  for (const seed of seeds) {
    stray = null;
    const outcome = await runSeed(seed, counters, story, () => stray);
    outcomes.push(outcome);
    if (stopAtFirst && !outcome.ok) break;
  }
  return { outcomes, counters };
}

process.on('message', async (job: Job) => {
  process.send?.(await work(job));
});
process.send?.('ready');
