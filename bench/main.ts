import { bootstrap50k } from './bootstrap50k.ts';
import { drain10k, drain10kWeather } from './drain10k.ts';
import { growthServer } from './growth.server.ts';
import { growthTill } from './growth.till.ts';
import { recordCommit } from './record.commit.ts';
import { scanFirstText } from './scan-first-text.ts';
import { scanRate } from './scan-rate.ts';
import { serverIngest, serverIngestPostgres } from './server.ingest.ts';
import { storm } from './storm.ts';
import { tillSize } from './till-size.ts';
import type { Bench, BenchRow } from './row.ts';

/**
 * `npm run bench`: everything we claim to be faster or better at, measured side by side. `-- scan.rate till.size` runs
 * only those, `-- --json` prints one JSON object a line. Figures are only comparable within one run: quote ratios.
 */
const BENCHES: readonly Bench[] = [
  scanFirstText,
  scanRate,
  recordCommit,
  drain10k,
  drain10kWeather,
  bootstrap50k,
  serverIngest,
  serverIngestPostgres,
  storm,
  growthTill,
  growthServer,
  tillSize,
];

const args = process.argv.slice(2);
const asJson = args.includes('--json');
const names = args.filter((arg) => !arg.startsWith('-'));
const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0) {
  console.error(`No such bench: ${unknown.join(', ')}. There are ${BENCHES.map((bench) => bench.name).join(', ')}.`);
  process.exit(2);
}

const columns = (cells: readonly string[]): string =>
  cells.map((cell, at) => (at === 0 || at === 2 ? cell.padEnd(at === 0 ? 26 : 36) : cell.padStart(12))).join('  ');

function print(row: BenchRow): void {
  if (asJson) return console.log(JSON.stringify(row));
  const cell = (value: number | string | null): string => (value === null ? '' : String(value));
  console.log(columns([row.bench, `${row.ours}`, row.peer ?? '', cell(row.theirs), cell(row.ratio), row.unit]));
}

if (!asJson) console.log(columns(['bench', 'ours', 'peer', 'theirs', 'ratio', 'unit']));
for (const bench of BENCHES) {
  if (names.length > 0 && !names.includes(bench.name)) continue;
  try {
    for (const row of await bench.run()) print(row);
  } catch (error) {
    // The other benches are still worth their figures; the exit code tells that one is missing.
    console.error(`${bench.name}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
