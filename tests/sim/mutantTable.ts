import { MUTANTS } from './mutants.ts';
import { inLanes, Worker } from './pool.ts';

const CHUNK = 5;

interface Row {
  readonly name: string;
  readonly caughtBy: string | null;
  readonly seeds: number;
}

/**
 * Runs every mutant until some seed finds it. Gives how many survived.
 * @param only a part of the name; others are passed over
 */
export async function runMutants(options: {
  readonly from: number;
  readonly most: number;
  readonly jobs: number;
  readonly only: string;
}): Promise<{ readonly run: number; readonly survived: number }> {
  const rows: Row[] = [];
  const sound = new Worker(null);
  const chosen = MUTANTS.filter(({ name }) => name.includes(options.only));
  await inLanes(options.jobs, chosen, async ({ name }) => {
    const row = await hunt(name, sound, options.from, options.most);
    rows.push(row);
    console.log(line(row));
  });
  sound.end();
  const survived = rows.filter(({ caughtBy }) => caughtBy === null).length;
  console.log(`${rows.length} mutants, ${survived} survived`);
  return { run: rows.length, survived };
}

async function hunt(name: string, sound: Worker, from: number, most: number): Promise<Row> {
  const worker = new Worker(name);
  try {
    for (let tried = 0; tried < most;) {
      const seeds = Array.from({ length: Math.min(CHUNK, most - tried) }, (_, n) => from + tried + n);
      const { outcomes } = await worker.run({ seeds, story: false, stopAtFirst: true });
      tried += outcomes.length;
      const last = outcomes.at(-1);
      if (last === undefined || last.ok) continue;
      // What fails without the fault as well says nothing about it.
      const without = await sound.run({ seeds: [last.seed], story: false, stopAtFirst: true });
      if (without.outcomes[0]?.ok) return { name, caughtBy: last.invariant ?? 'failure', seeds: tried };
    }
    return { name, caughtBy: null, seeds: most };
  } finally {
    worker.end();
  }
}

function line({ name, caughtBy, seeds }: Row): string {
  const by = caughtBy === null ? 'SURVIVED' : `caught by "${caughtBy}"`;
  return `${name.padEnd(66)} ${by.padEnd(42)} ${String(seeds).padStart(4)} seeds`;
}
