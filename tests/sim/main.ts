import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { COUNTERS, type Counters } from './counters.ts';
import { runMutants } from './mutantTable.ts';
import { inLanes, Worker } from './pool.ts';
import type { Outcome } from './run.ts';
import type { Done } from './worker.ts';

/**
 * The simulation: `npm run sim -- --seeds 500 --from 1`. Each seed is one run, the same every time: `--seeds 1 --from 17
 * --trace` tells what happens in number 17. `--mutants` plants a fault after the other and prints which seed finds it (`--only`
 * part of a name). `--json` ends with one line for machines.
 */
/** A fault that so many runs do not find is not found. */
const MOST_FOR_A_MUTANT = 300;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '500' },
    from: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '2' },
    mutants: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});

if (values.mutants) {
  const most = Number(values.seeds);
  const { run: tried, survived } = await runMutants({
    from: Number(values.from),
    most: Math.min(most, MOST_FOR_A_MUTANT),
    jobs: Number(values.jobs),
    only: values.only,
  });
  if (values.json) console.log(JSON.stringify({ sim: 'mutants', run: tried, failed: survived }));
  process.exit(survived === 0 ? 0 : 1);
}

interface Regression {
  readonly seed: number;
  /** What it had found. */
  readonly found: string;
}

const CHUNK = 10;
/** So many seeds are run twice, in another order in another process, and must be the same run to the byte. */
const REPLAYED = 10;
/** Below this many runs a counter at zero says nothing. */
const ENOUGH = 500;

const from = Number(values.from);
const count = Number(values.seeds);
const seeds = Array.from({ length: count }, (_, n) => from + n);
const traces = new Map<number, string>();
const failures: Outcome[] = [];
const total: Counters = {};
let run = 0;

function take({ outcomes, counters }: Done): void {
  for (const outcome of outcomes) {
    run += 1;
    const before = traces.get(outcome.seed);
    traces.set(outcome.seed, outcome.trace);
    if (before !== undefined && before !== outcome.trace) {
      failures.push({ ...outcome, ok: false, invariant: 'replayable', message: 'it ran otherwise the second time' });
    }
    if (!outcome.ok) failures.push(outcome);
    if (values.trace) console.log(outcome.story.join('\n'));
  }
  for (const [name, n] of Object.entries(counters))
    total[name as keyof Counters] = (total[name as keyof Counters] ?? 0) + n;
}

function chunks(list: readonly number[]): number[][] {
  return Array.from({ length: Math.ceil(list.length / CHUNK) }, (_, n) => list.slice(n * CHUNK, (n + 1) * CHUNK));
}

const regressions = JSON.parse(readFileSync(new URL('regressions.json', import.meta.url), 'utf8')) as Regression[];
const known = count >= ENOUGH ? regressions.map(({ seed }) => seed).filter((seed) => !seeds.includes(seed)) : [];
const again = count >= ENOUGH ? seeds.filter((_, n) => n % Math.ceil(count / REPLAYED) === 0).toReversed() : [];
const workers = Array.from(
  { length: Math.min(Number(values.jobs), Math.max(1, count / CHUNK)) },
  () => new Worker(null),
);
const idle = [...workers];
await inLanes(workers.length, [...chunks([...known, ...seeds]), again], async (part) => {
  const worker = idle.pop();
  if (worker === undefined) throw new Error('more lanes than workers');
  take(await worker.run({ seeds: part, story: values.trace, stopAtFirst: false }));
  idle.push(worker);
});

// A run that failed is told from its beginning.
for (const { seed, message } of failures.slice(0, 8)) {
  if (!values.trace) {
    const [teller] = workers;
    const told = await teller?.run({ seeds: [seed], story: true, stopAtFirst: false });
    console.log(told?.outcomes[0]?.story.slice(-60).join('\n'));
  }
  console.log(`seed ${seed} failed: ${message}\n  again, whole: npm run sim -- --seeds 1 --from ${seed} --trace\n`);
}
for (const worker of workers) worker.end();

const missing = count >= ENOUGH ? COUNTERS.filter((name) => (total[name] ?? 0) === 0) : [];
const names = [...new Set([...COUNTERS, ...Object.keys(total)])].sort();
for (const name of names) console.log(`${String(total[name as keyof Counters] ?? 0).padStart(8)}  ${name}`);
for (const name of missing) console.log(`never reached: ${name}`);
const failed = failures.length + missing.length;
console.log(
  `${run} runs, ${failures.length} failed, ${missing.length} of ${COUNTERS.length} rare states never reached`,
);
if (values.json) console.log(JSON.stringify({ sim: 'seeds', run, failed }));
process.exit(failed === 0 ? 0 : 1);
